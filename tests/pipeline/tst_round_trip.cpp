#include "models/pipeline/check.h"
#include "models/pipeline/profile.h"
#include "tests/pipeline/odd_input.h"
#include "tests/pipeline/pipeline_support.h"

using namespace sealwright;
using namespace sealwright::tests;

// What was encrypted comes back byte for byte, over thousands of small odd inputs and some larger ones; and whatever
// the threads and block sizes are, the same bytes are stored.
class RoundTrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void odd_data();
    void odd();
    void larger_data();
    void larger();
};

namespace {

struct Made {
    Outcome<pipeline::EncryptResult> result;
    std::string stored;
};

Made make(const std::string& source, const pipeline::EncryptRequest& wanted, const pipeline::RunOptions& options) {
    MemorySink sink;
    auto result = pipeline::encryptDataset(*memorySource(source, "source"), sink, wanted, options);
    return {std::move(result), sink.bytes()};
}

const std::vector<std::string>& policies(MediaType type) {
    static const std::vector<std::string> csv = {
        R"({"version":1})",
        R"({"version":1,"default":"keep"})",
        R"({"version":1,"padding":"none","nulls":"keep","empty":"keep"})",
        R"({"version":1,"fields":[{"path":"a","action":"deterministic","on_error":"null"},{"path":"b","action":"drop"}]})",
        R"({"version":1,"default":"keep","fields":[{"path":"a","action":"encrypt","algorithm":"ChaCha20-Poly1305"},
            {"path":"b","action":"mask","keep_prefix":1},{"path":"c","action":"pseudonym","on_error":"null"}]})",
        R"({"version":1,"default":"keep","fields":[{"path":"a","action":"fpe","alphabet":"digits","on_error":"null"}]})"};
    static const std::vector<std::string> json = {
        R"({"version":1})",
        R"({"version":1,"default":"keep"})",
        R"({"version":1,"padding":"none","nulls":"keep","empty":"keep"})",
        R"({"version":1,"fields":[{"path":"a","action":"deterministic","on_error":"null"},{"path":"b","action":"drop"}]})",
        R"({"version":1,"default":"keep","fields":[{"path":"a","action":"encrypt"},{"path":"b.c","action":"drop"},
            {"path":"c","action":"pseudonym","on_error":"null"}]})",
        R"({"version":1,"default":"keep","fields":[{"path":"a","action":"fpe","alphabet":"digits","on_error":"null"},
            {"path":"b","action":"mask","on_error":"null"}]})",
        R"({"version":1,"unflatten":true})"};
    return type == MediaType::Csv ? csv : json;
}

/// Only the rules whose paths the data has, so that the rest of the policy is tried all the same.
Policy fitting(Policy policy, const pipeline::Profile& profile) {
    std::erase_if(policy.fields, [&](const FieldRule& rule) {
        for (const auto& field : profile.fields) {
            if (field.path == rule.path || isAncestorPath(rule.path, field.path))
                return false;
        }
        return true;
    });
    return policy;
}

std::string oddSource(MediaType type, unsigned seed) {
    OddInput odd(seed);
    if (type == MediaType::Csv)
        return seed % 3 == 0 ? odd.csvNoise() : odd.csv();
    return type == MediaType::Json ? odd.json() : odd.jsonLines();
}

} // namespace

void RoundTrip::odd_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("CSV") << int(MediaType::Csv);
    QTest::newRow("JSON") << int(MediaType::Json);
    QTest::newRow("JSON Lines") << int(MediaType::JsonLines);
}

void RoundTrip::odd() {
    QFETCH(int, type);
    const auto mediaType = static_cast<MediaType>(type);
    const TestKeys keys;
    int exact = 0, changed = 0, refusedCount = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        const std::string source = oddSource(mediaType, seed);
        const auto& all = policies(mediaType);
        pipeline::EncryptRequest wanted;
        wanted.mediaType = mediaType;
        wanted.keys = keys.keys;
        wanted.runId = runNumber(1);
        if (mediaType == MediaType::Csv) {
            wanted.dialect.header = seed % 5 != 0;
            wanted.dialect.encoding = seed % 7 == 0 ? "windows-1252" : "UTF-8";
        }
        if (mediaType == MediaType::Json) {
            const auto found = dataset::findRecordsAt(*memorySource(source, "source"));
            if (found.ok())
                wanted.dialect.recordsAt = *found;
        }
        const auto where = "seed " + std::to_string(seed) + ": " + source;
        const auto file = memorySource(source, "source");
        const auto profile =
            pipeline::profileDataset(*file, mediaType, wanted.dialect, nullptr, runOptions(1, 1u << 20));
        wanted.policy = policyOf(all[seed % all.size()]);
        if (profile.ok())
            wanted.policy = fitting(wanted.policy, *profile);
        else
            wanted.policy.fields.clear();
        const Made first = make(source, wanted, runOptions(1, 1u << 20));
        for (const auto& options : {runOptions(1, 1), runOptions(3, 3)}) {
            const Made again = make(source, wanted, options);
            QVERIFY2(say(first.result) == say(again.result),
                     (say(first.result) + " / " + say(again.result) + where).c_str());
            if (first.result.ok())
                QVERIFY2(first.stored == again.stored, where.c_str());
        }
        if (!first.result.ok()) {
            const std::string code(stableId(first.result.error().code));
            QVERIFY2(code.substr(0, 5) == "data." || code.substr(0, 6) == "value.", (code + where).c_str());
            ++refusedCount;
            continue;
        }
        QVERIFY2(profile.ok(), where.c_str());
        const auto manifest = manifestOf(*first.result, wanted);
        const auto stored = memorySource(first.stored, "stored");
        std::string restoredText;
        for (const auto& options : {runOptions(1, 1u << 20), runOptions(2, 5)}) {
            MemorySink sink;
            const auto restored = pipeline::decryptDataset(*stored, &sink, manifest, keys.keys, options);
            QVERIFY2(restored.ok(), (say(restored) + where + "\n" + first.stored).c_str());
            const std::string finding =
                restored->findings.empty() ? "" : std::string(stableId(restored->findings[0].kind));
            QVERIFY2(finding.empty(), (finding + where + "\n" + first.stored).c_str());
            QCOMPARE(restored->byteExact, first.result->dataset.byteExact);
            if (restored->byteExact)
                QVERIFY2(sink.bytes() == source, where.c_str());
            restoredText = sink.bytes();
        }
        const auto checked =
            pipeline::checkAgainstSource(*file, *stored, wanted, *first.result, runOptions(1 + seed % 2, 1u << 20));
        QVERIFY2(checked.ok(), (say(checked) + where + "\n" + first.stored + "\n" + restoredText).c_str());
        QCOMPARE(checked->compared, checked->values);
        ++(first.result->dataset.byteExact ? exact : changed);
    }
    qInfo("%d came back byte for byte, %d as their policy leaves them, %d were refused", exact, changed, refusedCount);
    QVERIFY(exact > 100 && changed > 50);
}

void RoundTrip::larger_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("policy");
    OddInput odd(4711);
    std::string csv = "id,name,card,note\n", lines, array = "[", dense = "[{\"points\":[";
    for (int i = 0; i < 30'000; ++i) {
        const std::string id = std::to_string(i);
        csv += id + ",\"Name " + id + "\"," + std::to_string(4'000'000'000'000'000 + i) +
               (i % 7 ? ",\n" : ",\"a\r\nb\"\"\"\r\n");
        lines += "{\"id\":" + id + ",\"tags\":[\"a\",\"b" + id + "\"],\"o\":{\"x\":null}}\n";
        array += (i ? ",\n{\"id\":" : "{\"id\":") + id + ",\"v\":" + (i % 3 ? "\"t\\u00e9xt\"" : "[1,{\"d\":2}]") + "}";
        dense += (i ? "," : "") + id;
    }
    array += "]";
    dense += "],\"end\":true},{\"points\":[]}]";
    const QByteArray all = R"({"version":1,"padding":"none"})";
    QTest::newRow("CSV") << QByteArray::fromStdString(csv) << int(MediaType::Csv) << all;
    QTest::newRow("CSV, every way")
        << QByteArray::fromStdString(csv) << int(MediaType::Csv)
        << QByteArray(
               R"({"version":1,"default":"keep","fields":[{"path":"id","action":"deterministic"},{"path":"name","action":"drop"},
           {"path":"card","action":"fpe","alphabet":"digits","keep_suffix":4},{"path":"note","action":"pseudonym","empty":"keep"}]})");
    QTest::newRow("JSON Lines") << QByteArray::fromStdString(lines) << int(MediaType::JsonLines) << all;
    QTest::newRow("JSON") << QByteArray::fromStdString(array) << int(MediaType::Json) << all;
    QTest::newRow("one dense record") << QByteArray::fromStdString(dense) << int(MediaType::Json) << all;
}

void RoundTrip::larger() {
    QFETCH(QByteArray, source);
    QFETCH(int, type);
    QFETCH(QByteArray, policy);
    const TestKeys keys;
    pipeline::EncryptRequest wanted;
    wanted.mediaType = static_cast<MediaType>(type);
    wanted.policy = policyOf(policy.toStdString());
    wanted.keys = keys.keys;
    wanted.runId = runNumber(1);
    const std::string text = source.toStdString();
    const Made first = make(text, wanted, runOptions(1, 1u << 20));
    SW_OK(first.result);
    for (const auto& options :
         {runOptions(4, 1u << 20), runOptions(4, 1000), runOptions(1, 333), runOptions(3, 64u << 10)}) {
        const Made again = make(text, wanted, options);
        SW_OK(again.result);
        QVERIFY(again.stored == first.stored);
        QVERIFY(again.result->content.digest == first.result->content.digest);
        QVERIFY(again.result->run.sourceCheck == first.result->run.sourceCheck);
        QVERIFY(again.result->dataset.fields == first.result->dataset.fields);
    }
    const auto manifest = manifestOf(*first.result, wanted);
    const auto stored = memorySource(first.stored, "stored");
    for (const auto& options : {runOptions(1, 1u << 20), runOptions(4, 5000)}) {
        MemorySink sink;
        const auto restored = pipeline::decryptDataset(*stored, &sink, manifest, keys.keys, options);
        SW_OK(restored);
        QCOMPARE(restored->findingsCount, std::uint64_t(0));
        if (first.result->dataset.byteExact)
            QVERIFY(sink.bytes() == text);
        const auto checked =
            pipeline::checkAgainstSource(*memorySource(text, "source"), *stored, wanted, *first.result, options);
        SW_OK(checked);
        QVERIFY(checked->values >= 30'000);
        QCOMPARE(checked->compared, checked->values);
        const auto described = pipeline::describeContent(*stored, true, options);
        SW_OK(described);
        QCOMPARE(described->digest, first.result->content.digest);
        QCOMPARE(*described->sha256, checked->sha256);
    }
}

QTEST_GUILESS_MAIN(RoundTrip)
#include "tst_round_trip.moc"
