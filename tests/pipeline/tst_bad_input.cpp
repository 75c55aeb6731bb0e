#include "models/pipeline/check.h"
#include "models/pipeline/profile.h"
#include "tests/pipeline/pipeline_support.h"

#include <atomic>

using namespace sealwright;
using namespace sealwright::tests;

// Bad input, interrupted work, and what somebody changed in the stored bytes.
class BadInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusedWithItsPlace_data();
    void refusedWithItsPlace();
    void firstFailureWins();
    void pathNotThereListsPaths();
    void recordLongerThanAllowed();
    void sourceThatChanges();
    void fullSink();
    void cancelled();
    void everyBitOfAToken_data();
    void everyBitOfAToken();
    void wrongKeys();
    void renamedHeader();
    void severalRuns();
    void progressAndCounts();
};

namespace {

Outcome<pipeline::EncryptResult> encrypt(const std::string& source, const std::string& type, const std::string& policy,
                                         const pipeline::RunOptions& options, std::string* stored = nullptr) {
    const TestKeys keys;
    const auto wanted = request(type, policy, keys.keys);
    MemorySink sink;
    auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, options);
    if (stored != nullptr)
        *stored = sink.bytes();
    return made;
}

/// A file that says, when asked again, that it is another one.
class ChangingSource : public ByteSource {
public:
    explicit ChangingSource(std::string bytes) : m_source(memorySource(std::move(bytes), "changing")) {}
    std::uint64_t size() const override { return m_source->size(); }
    std::string name() const override { return m_source->name(); }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        return m_source->readAt(offset, out);
    }
    Outcome<void> unchanged() const override {
        if (m_asked.fetch_add(1) == 0)
            return {};
        return fail(Failure(Code::DataChangedWhileRead));
    }

private:
    std::shared_ptr<ByteSource> m_source;
    mutable std::atomic<int> m_asked{0};
};

class FullSink : public ByteSink {
public:
    Outcome<void> write(std::string_view bytes) override {
        m_room -= std::min(m_room, bytes.size());
        return m_room == 0 ? Outcome<void>(fail(Failure(Code::FileNoSpace))) : Outcome<void>();
    }

private:
    std::size_t m_room = 100'000;
};

std::string manyLines(int count) {
    std::string text = "a,b\n";
    for (int i = 0; i < count; ++i)
        text += std::to_string(i) + ",value\n";
    return text;
}

} // namespace

void BadInput::refusedWithItsPlace_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QByteArray>("said");
    const QByteArray csv = "text/csv", json = "application/json", lines = "application/x-ndjson";
    const QByteArray all = R"({"version":1})";
    QTest::newRow("open quote") << QByteArray("a\n\"x\n") << csv << all
                                << QByteArray("data.csv.unclosed-quote record 0 byte 2");
    QTest::newRow("text after a quote") << QByteArray("a\nx\n\"x\"y\n") << csv << all
                                        << QByteArray("data.csv.text-after-quote record 1 byte 7");
    QTest::newRow("every column dropped")
        << QByteArray("a,b\n1,2\n") << csv
        << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"drop"},{"path":"b","action":"drop"}]})")
        << QByteArray("data.csv.drops-every-column");
    QTest::newRow("a record that would be a blank line")
        << QByteArray("a,b\n1,2\n3\n") << csv << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"drop"}]})")
        << QByteArray("value.not-for-action record 1 field a byte 8 blank-line");
    QTest::newRow("a last line that would vanish")
        << QByteArray("a\n1234567\n1") << csv
        << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"fpe","alphabet":"digits","on_error":"null"}]})")
        << QByteArray("value.not-for-action record 1 field a byte 10 blank-line");
    QTest::newRow("a line that would make CR and LF one line end")
        << QByteArray("a\n1234567\r1\n") << csv
        << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"fpe","alphabet":"digits","on_error":"null"}]})")
        << QByteArray("value.not-for-action record 1 field a byte 10 blank-line");
    const QByteArray emptied =
        R"({"version":1,"fields":[{"path":"#1","action":"fpe","alphabet":"digits","on_error":"null"}]})";
    QTest::newRow("the only column's name emptied")
        << QByteArray("\n1234567\n1\n") << csv << emptied << QByteArray("ok");
    QTest::newRow("a blank line where a column beyond is dropped")
        << QByteArray("a\n1,2\n\n") << csv
        << QByteArray(R"({"version":1,"empty":"keep","fields":[{"path":"#2","action":"drop"}]})")
        << QByteArray("value.not-for-action record 1 field a byte 6 blank-line");
    QTest::newRow("too short for fpe")
        << QByteArray("a,b\n1,1234567\n2,12345\n") << csv
        << QByteArray(R"({"version":1,"fields":[{"path":"b","action":"fpe","alphabet":"digits"}]})")
        << QByteArray("value.not-for-fpe record 1 field b byte 16");
    QTest::newRow("not decodable") << QByteArray("a\n\xff\n") << csv
                                   << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"deterministic"}]})")
                                   << QByteArray("value.undecodable record 0 field a byte 2");
    QTest::newRow("lone surrogate in a value")
        << QByteArray("{\"a\":\"\\ud800\"}\n") << lines
        << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"pseudonym"}]})")
        << QByteArray("value.undecodable record 0 field a byte 5");
    QTest::newRow("mask of a container") << QByteArray("[{\"a\":[1]}]") << json
                                         << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"mask"}]})")
                                         << QByteArray("value.not-for-mask record 0 field a byte 6");
    QTest::newRow("a record dropped") << QByteArray("1\n") << lines
                                      << QByteArray(R"({"version":1,"fields":[{"path":"","action":"drop"}]})")
                                      << QByteArray("value.not-for-action record 0 byte 0 record");
    QTest::newRow("JSON cut off") << QByteArray("[{\"a\":1},{\"a\"") << json << all
                                  << QByteArray("data.json.syntax record 1 byte 13");
    QTest::newRow("kept values are held to the grammar too")
        << QByteArray("[{\"a\":01}]") << json << QByteArray(R"({"version":1,"default":"keep"})")
        << QByteArray("data.json.syntax record 0 byte 7");
    QTest::newRow("JSON that is not UTF-8")
        << QByteArray("[{\"a\":\"\xff\"}]") << json << all << QByteArray("data.json.not-utf-8 record 0 byte 7");
    QTest::newRow("unflatten conflict") << QByteArray("{\"a\":1,\"a.b\":2}\n") << lines
                                        << QByteArray(R"({"version":1,"unflatten":true})")
                                        << QByteArray("data.unflatten.conflict record 0 byte 0 a.b");
}

void BadInput::refusedWithItsPlace() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, policy);
    QFETCH(QByteArray, said);
    for (const auto& options : everyWay()) {
        const auto made = encrypt(source.toStdString(), type.toStdString(), policy.toStdString(), options);
        QCOMPARE(QByteArray::fromStdString(say(made)), said);
        if (!made.ok())
            QCOMPARE(made.error().where.file, std::string("input"));
    }
}

void BadInput::firstFailureWins() {
    std::string source = manyLines(20'000);
    const std::size_t first = source.find("\n3000,");
    source.replace(first, 6, "\n\"30\"0"); // text after a quote in record 3000
    source += "\"";                        // and an open quote at the end
    for (const auto& options : {runOptions(1, 1u << 20), runOptions(4, 100), runOptions(3, 10'000), runOptions(2, 1)})
        QCOMPARE(say(encrypt(source, "text/csv", R"({"version":1})", options)),
                 "data.csv.text-after-quote record 3000 byte " + std::to_string(first + 5));
}

void BadInput::pathNotThereListsPaths() {
    const auto csv = encrypt("a,b\n1,2,3\n", "text/csv", R"({"version":1,"fields":[{"path":"x","action":"keep"}]})",
                             runOptions(1, 100));
    QCOMPARE(say(csv), std::string("policy.path-not-there field x x a b"));
    const auto position = encrypt("a,b\n1,2,3\n", "text/csv",
                                  R"({"version":1,"fields":[{"path":"#4","action":"keep"}]})", runOptions(1, 100));
    QCOMPARE(say(position), std::string("policy.path-not-there field #4 #4 a b #3"));
    SW_OK(encrypt("a,b\n1,2,3\n", "text/csv", R"({"version":1,"fields":[{"path":"#3","action":"keep"}]})",
                  runOptions(2, 3)));
    const auto json = encrypt("[{\"o\":{\"a\":1}}]", "application/json",
                              R"({"version":1,"fields":[{"path":"o.b","action":"keep"}]})", runOptions(2, 3));
    QCOMPARE(say(json), std::string("policy.path-not-there field o.b o.b o.a"));
    // A container that is walked is there.
    SW_OK(encrypt("[{\"o\":{\"a\":1}}]", "application/json",
                  R"({"version":1,"fields":[{"path":"o","action":"keep"},{"path":"o.a","action":"encrypt"}]})",
                  runOptions(2, 3)));
}

void BadInput::recordLongerThanAllowed() {
    std::string source = "a,b\n1,2\n";
    source.append((64u << 20) + 10, 'x');
    for (const auto& options : {runOptions(1, 1u << 20), runOptions(2, 16u << 20)}) {
        const auto made = encrypt(source, "text/csv", R"({"version":1})", options);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, Code::DataRecordTooLong);
        QCOMPARE(*made.error().where.record, std::uint64_t(1));
    }
}

void BadInput::sourceThatChanges() {
    const TestKeys keys;
    const std::string text = manyLines(5000);
    const ChangingSource source(text);
    MemorySink sink;
    const auto made =
        pipeline::encryptDataset(source, sink, request("text/csv", R"({"version":1})", keys.keys), runOptions(2, 1000));
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, Code::DataChangedWhileRead);
}

void BadInput::fullSink() {
    const TestKeys keys;
    const std::string text = manyLines(50'000);
    for (const unsigned threads : {1u, 4u}) {
        FullSink sink;
        const auto made =
            pipeline::encryptDataset(*memorySource(text, "input"), sink,
                                     request("text/csv", R"({"version":1})", keys.keys), runOptions(threads, 5000));
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, Code::FileNoSpace);
    }
}

void BadInput::cancelled() {
    const TestKeys keys;
    const std::string text = manyLines(200'000);
    for (const unsigned threads : {1u, 4u}) {
        auto options = runOptions(threads, 5000);
        std::uint64_t last = 0;
        options.progress = [&](const pipeline::Progress& progress) {
            last = progress.done;
            options.cancel.cancel();
        };
        MemorySink sink;
        const auto wanted = request("text/csv", R"({"version":1})", keys.keys);
        const auto made = pipeline::encryptDataset(*memorySource(text, "input"), sink, wanted, options);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, Code::Cancelled);
        QVERIFY(last < text.size() / 2);
    }
}

void BadInput::everyBitOfAToken_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("policy");
    QTest::newRow("CSV") << QByteArray("a,b\nx,\"y\"\n1,\n") << QByteArray("text/csv")
                         << QByteArray(R"({"version":1})");
    QTest::newRow("JSON")
        << QByteArray("[{\"a\":1,\"b\":[\"x\",null]},{\"a\":\"\\n\"}]") << QByteArray("application/json")
        << QByteArray(R"({"version":1,"fields":[{"path":"b","action":"encrypt","algorithm":"ChaCha20-Poly1305"}]})");
    QTest::newRow("deterministic") << QByteArray("a,b\nx,y\n1,\n") << QByteArray("text/csv")
                                   << QByteArray(R"({"version":1,"fields":[{"path":"a","action":"deterministic"}]})");
}

void BadInput::everyBitOfAToken() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, policy);
    const TestKeys keys;
    const auto wanted = request(type.toStdString(), policy.toStdString(), keys.keys);
    MemorySink sink;
    const auto made =
        pipeline::encryptDataset(*memorySource(source.toStdString(), "input"), sink, wanted, runOptions(1, 1000));
    SW_OK(made);
    const auto manifest = manifestOf(*made, wanted);
    const auto file = memorySource(source.toStdString(), "input");
    for (std::size_t i = 0; i < sink.bytes().size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = sink.bytes();
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            const auto stored = memorySource(changed, "stored");
            // The digest sees every bit; the tokens see all but what is between them.
            QVERIFY(!pipeline::contentMatches(*stored, made->content, runOptions(1, 1000)).value());
            MemorySink restored;
            const auto opened = pipeline::decryptDataset(*stored, &restored, manifest, keys.keys, runOptions(1, 1000));
            if (opened.ok())
                QVERIFY2(opened->findingsCount != 0, changed.c_str());
            QVERIFY(!pipeline::checkAgainstSource(*file, *stored, wanted, *made, runOptions(1, 1000)).ok());
        }
    }
}

void BadInput::wrongKeys() {
    const TestKeys keys(true);
    const std::string source = "a\n1\n";
    const auto wanted =
        request("text/csv", R"({"version":1,"fields":[{"path":"a","action":"deterministic"}]})", keys.keys);
    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 100));
    SW_OK(made);
    const auto manifest = manifestOf(*made, wanted);
    const auto stored = memorySource(sink.bytes(), "stored");
    const auto other = crypto::freshDek();
    const auto openWith = [&](const crypto::SecretBytes* dek, const crypto::SecretBytes* join) {
        auto own = keys.keys;
        own.dek = dek;
        own.joinKey = join;
        return say(pipeline::decryptDataset(*stored, nullptr, manifest, own, runOptions(1, 100)));
    };
    QCOMPARE(openWith(keys.keys.dek, keys.keys.joinKey), std::string("ok"));
    QCOMPARE(openWith(&other, keys.keys.joinKey), std::string("auth.commitment-differs"));
    QCOMPARE(openWith(keys.keys.dek, &other), std::string("auth.commitment-differs join"));
    QCOMPARE(openWith(keys.keys.dek, nullptr), std::string("key.missing join"));
}

/// Columns come from the manifest: a header with other names is no way to swap two of them.
void BadInput::renamedHeader() {
    const TestKeys keys;
    const std::string source = "a,b\n1,2\n";
    const auto wanted = request("text/csv", R"({"version":1,"default":"keep"})", keys.keys);
    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 100));
    SW_OK(made);
    const auto opened = pipeline::decryptDataset(*memorySource("b,a\n1,2\n", "stored"), nullptr,
                                                 manifestOf(*made, wanted), keys.keys, runOptions(1, 100));
    QCOMPARE(say(opened), std::string("auth.altered field a byte 0"));
}

/// Records of two runs, mixed and cut: each belongs to the run whose keys open it.
void BadInput::severalRuns() {
    const TestKeys keys;
    std::vector<std::string> lines;
    pipeline::EncryptResult all;
    for (const Byte number : {Byte(1), Byte(2)}) {
        const std::string source = "{\"a\":1,\"b\":[1,2]}\n{\"a\":2}\n{}\n";
        auto wanted = request("application/x-ndjson", R"({"version":1})", keys.keys);
        wanted.runId = runNumber(number);
        MemorySink sink;
        const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 1000));
        SW_OK(made);
        std::istringstream stored(sink.bytes());
        for (std::string line; std::getline(stored, line);)
            lines.push_back(line + "\n");
        all.dataset = made->dataset;
        all.policy = made->policy;
        all.run = made->run;
    }
    auto wanted = request("application/x-ndjson", R"({"version":1})", keys.keys);
    Manifest manifest = manifestOf(all, wanted);
    manifest.runs.insert(manifest.runs.begin(), all.run);
    manifest.runs[0].runId = runNumber(1);
    manifest.runs[0].commitment = crypto::commitment(*keys.keys.dek, runNumber(1));
    manifest.dataset->byteExact = false;
    for (auto& field : manifest.dataset->fields)
        field.values *= 2;
    const auto found = [&](std::vector<int> order) {
        std::string stored;
        for (const int i : order)
            stored += lines[static_cast<std::size_t>(i)];
        std::string kinds;
        for (const auto& options : {runOptions(1, 1000), runOptions(3, 1)}) {
            const auto opened =
                pipeline::decryptDataset(*memorySource(stored, "stored"), nullptr, manifest, keys.keys, options);
            if (!opened.ok())
                return say(opened);
            kinds.clear();
            for (const auto& finding : opened->findings)
                kinds += (kinds.empty() ? "" : " ") + std::string(stableId(finding.kind));
        }
        return kinds;
    };
    QCOMPARE(found({0, 1, 2, 3, 4, 5}), std::string());
    QCOMPARE(found({0, 3, 1, 4, 2, 5}), std::string());
    QCOMPARE(found({3, 4, 5, 0, 1, 2}), std::string());
    QCOMPARE(found({1, 0, 2, 3, 4, 5}), std::string("rows-not-ascending"));
    QCOMPARE(found({0, 0, 2, 3, 4, 5}), std::string("row-twice token-count-differs"));
    QCOMPARE(found({0, 1, 2, 3, 4}), std::string("record-count-differs"));
    QCOMPARE(found({0, 1, 2, 3, 5}), std::string("record-count-differs token-count-differs"));
    lines[0].replace(lines[0].find("\"b\""), 3, "\"c\"");
    QCOMPARE(found({0, 1, 2, 3, 4, 5}), std::string("unknown-field unknown-field token-count-differs"));
}

void BadInput::progressAndCounts() {
    const TestKeys keys;
    const std::string text = manyLines(1000);
    auto options = runOptions(3, 100);
    pipeline::Progress last;
    options.progress = [&](const pipeline::Progress& progress) {
        QVERIFY(progress.done >= last.done);
        last = progress;
    };
    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(text, "input"), sink,
                                               request("text/csv", R"({"version":1})", keys.keys), options);
    SW_OK(made);
    QCOMPARE(last.done, std::uint64_t(text.size()));
    QCOMPARE(last.total, std::uint64_t(text.size()));
    QCOMPARE(last.records, std::uint64_t(1000));
    QCOMPARE(*made->run.records, std::uint64_t(1000));
    QCOMPARE(made->dataset.fields[1].values, std::uint64_t(1000));
}

QTEST_GUILESS_MAIN(BadInput)
#include "tst_bad_input.moc"
