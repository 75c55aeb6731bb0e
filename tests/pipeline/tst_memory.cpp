#include "tests/pipeline/made_source.h"
#include "tests/pipeline/pipeline_support.h"
#include "tests/support/peak_memory.h"

#include "crypto/base/control_json.h"
#include "models/dataset/unflatten.h"
#include "models/pipeline/check.h"
#include "models/pipeline/profile.h"

#include <QTemporaryDir>

using namespace sealwright;
using namespace sealwright::pipeline;
using namespace sealwright::tests;

// What the program promises: under 200 MB for any file whose records are at most 1 MiB long; a longer record may take
// four times its length. Each case runs in a process of its own, which says at its end what it took at most.
namespace {

constexpr std::size_t mebi = std::size_t(1) << 20;
constexpr std::size_t flat = 200'000'000;

/// A case fails the process, which has no test to fail.
template <class T>
T good(Outcome<T> outcome) {
    if (!outcome.ok())
        throw std::runtime_error(say(outcome));
    if constexpr (!std::is_void_v<T>)
        return std::move(*outcome);
}

void need(bool holds, const char* what) {
    if (!holds)
        throw std::runtime_error(what);
}

/// Counts what it is given.
class CountingSink final : public ByteSink {
public:
    Outcome<void> write(std::string_view text) override {
        bytes += text.size();
        return {};
    }
    std::uint64_t bytes = 0;
};

/// Seals `source` without keeping what comes out.
EncryptResult seal(const ByteSource& source, const std::string& type, const std::string& policy, unsigned threads) {
    const TestKeys keys;
    CountingSink sink;
    const auto asked = request(type, policy, keys.keys);
    return good(encryptDataset(source, sink, asked, runOptions(threads, mebi)));
}

/// The whole way: profile, seal to a file, compare with the source, restore, look through without keys.
void everyPass(const ByteSource& source, const std::string& type, const std::string& policy, unsigned threads) {
    const TestKeys keys;
    const auto options = runOptions(threads, mebi);
    const auto asked = request(type, policy, keys.keys);
    good(profileDataset(source, asked.mediaType, asked.dialect, &asked.policy, options));
    QTemporaryDir folder;
    const std::string target = folder.filePath(QStringLiteral("stored")).toStdString();
    auto sink = good(FileSink::create(target, false));
    const auto result = good(encryptDataset(source, *sink, asked, options));
    good(sink->commit());
    const auto stored = good(openFileSource(target));
    good(checkAgainstSource(source, *stored, asked, result, options));
    const Manifest manifest = manifestOf(result, asked);
    CountingSink restored;
    const auto read = good(decryptDataset(*stored, &restored, manifest, keys.keys, options));
    need(read.byteExact == result.dataset.byteExact && read.findingsCount == 0, "it comes back");
    need(!read.byteExact || restored.bytes == source.size(), "all of it");
    need(good(lookThroughDataset(*stored, manifest, options)).findingsCount == 0, "it is as it was stored");
}

const std::string allSealed = R"({"version":1,"padding":"none"})";
const std::string allKept = R"({"version":1,"default":"keep"})";

/// For a record of that many MiB; what the program takes without any is not its.
constexpr std::size_t longer(std::size_t length) {
    return (4 * length + 32) * mebi;
}

struct Case {
    const char* name;
    std::size_t most; ///< bytes
    void (*run)();
};

std::string columns(std::size_t count, const std::string& each) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i)
        line += (i == 0 ? "" : ",") + (each.empty() ? "c" + std::to_string(i) : each);
    return line + "\n";
}

const Case cases[] = {
    // Records of any number of values.
    {"dense array", longer(16),
     [] {
         const MadeSource source("[", "1,", 8 * mebi, "1]\n");
         seal(source, "application/x-ndjson", allKept, 2);
         const MadeSource shorter("[", "1,", mebi, "1]\n");
         seal(shorter, "application/x-ndjson", allSealed, 2);
     }},
    {"dense object", longer(16),
     [] {
         const MadeSource source("{", "\"a\":1,", 5 * mebi / 2, "\"a\":1}\n");
         seal(source, "application/x-ndjson", allKept, 2);
         seal(source, "application/x-ndjson", R"({"version":1,"fields":[{"path":"a","action":"drop"}]})", 2);
     }},
    {"dense whole", longer(16),
     [] {
         const MadeSource source("{\"w\":[", "{},", 5 * mebi, "{}]}\n");
         everyPass(source, "application/x-ndjson",
                   R"({"version":1,"padding":"none","default":"keep","fields":[{"path":"w","action":"encrypt"}]})", 2);
     }},
    {"dense tokens", longer(16),
     [] {
         const MadeSource source("{\"w\":[", "1,", mebi / 4, "1]}\n");
         everyPass(source, "application/x-ndjson", allSealed, 2);
     }},
    {"deep nesting", longer(16),
     [] {
         const std::string deep = std::string(250, '[') + std::string(250, ']') + ",";
         const MadeSource source("[", deep, 16 * mebi / deep.size(), "1]\n");
         seal(source, "application/x-ndjson", allKept, 2);
     }},
    {"dense envelope", longer(16),
     [] {
         const MadeSource source("{\"x\":[", "1,", 8 * mebi, "1],\"data\":[{\"a\":1}]}");
         const TestKeys keys;
         auto asked = request("application/json", allKept, keys.keys);
         asked.dialect.recordsAt = "data[]";
         CountingSink sink;
         good(encryptDataset(source, sink, asked, runOptions(2, mebi)));
     }},
    {"dense unflattened", longer(16),
     [] {
         const MadeSource source("{\"b.c\":1,", "\"a\":1,", 5 * mebi / 2, "\"a\":1}\n");
         seal(source, "application/x-ndjson", R"({"version":1,"default":"keep","unflatten":true})", 2);
     }},
    {"long value", longer(16),
     [] {
         const MadeSource source("{\"v\":\"", "0123456789abcdef", mebi, "\"}\n");
         everyPass(source, "application/x-ndjson", allSealed, 2);
     }},
    {"long quoted value", longer(16),
     [] {
         const MadeSource source("v\n\"", "01234567\"\"abcdef", mebi, "\"\n");
         everyPass(source, "text/csv", allSealed, 2);
     }},
    {"long joinable value", longer(16),
     [] {
         const MadeSource source("v\n", "0123456789abcdef", mebi, "\n");
         everyPass(source, "text/csv",
                   R"({"version":1,"padding":"none","fields":[{"path":"v","action":"deterministic"}]})", 2);
     }},
    // Names: what is too much is refused before it takes too much.
    {"long names", longer(16),
     [] {
         const std::string name(64u << 10, 'n');
         const MadeSource source("{", "\"" + name + "#\":{\"x\":1},", 16 * mebi / (name.size() + 12), "\"z\":1}\n");
         const TestKeys keys;
         CountingSink sink;
         const auto asked = request("application/x-ndjson", allSealed, keys.keys);
         const auto done = encryptDataset(source, sink, asked, runOptions(2, mebi));
         need(done.ok() || done.error().code == Code::DataTooManyColumns, "sealed, or refused");
     }},
    {"long nested names", flat,
     [] {
         // A record of 1 MiB whose paths would take 8 GB.
         std::string deep = "1";
         for (int i = 0; i < 250; ++i)
             deep = "{\"" + std::string(4000, static_cast<char>('a' + i % 26)) + std::to_string(i) + "\":" + deep + "}";
         const MadeSource source("", deep + "\n", 3, "");
         const TestKeys keys;
         CountingSink sink;
         const auto asked = request("application/x-ndjson", allSealed, keys.keys);
         const auto done = encryptDataset(source, sink, asked, runOptions(2, mebi));
         need(!done.ok() && done.error().code == Code::DataTooManyColumns, "refused");
     }},
    // Columns.
    {"100,000 columns", flat,
     [] {
         const MadeSource source(columns(100'000, ""), columns(100'000, "1"), 3, "");
         everyPass(source, "text/csv", R"({"version":1})", 2);
     }},
    {"80,000 columns of every mode", flat,
     [] {
         std::string rules;
         const char* const actions[] = {R"("action":"deterministic")", R"("action":"pseudonym")",
                                        R"("action":"fpe","alphabet":"digits")"};
         for (std::size_t i = 0; i < 3000; ++i)
             rules += (i == 0 ? "" : ",") + (R"({"path":"c)" + std::to_string(i) + R"(",)") + actions[i % 3] + "}";
         const MadeSource source(columns(80'000, ""), columns(80'000, "1234567"), 3, "");
         everyPass(source, "text/csv", R"({"version":1,"fields":[)" + rules + "]}", 2);
     }},
    {"100,000 columns, 32 threads", flat,
     [] {
         const MadeSource source(columns(100'000, ""), columns(100'000, "1"), 12, "");
         everyPass(source, "text/csv", R"({"version":1})", 32);
     }},
    // Threads.
    {"32 threads", flat,
     [] {
         const MadeSource source("a,b,c,d\n", "1,someone@example.org,3,a longer text that is kept\n", mebi, "");
         everyPass(source, "text/csv", R"({"version":1,"fields":[{"path":"d","action":"keep"}]})", 32);
     }},
    {"32 threads, records of 1 MiB", flat,
     [] {
         const std::string record = "{\"a\":\"" + std::string(mebi - 100, 'x') + "\",\"b\":[1,2,3]}\n";
         const MadeSource source("", record, 100, "");
         everyPass(source, "application/x-ndjson", allSealed, 32);
     }},
    {"32 threads, dense records", flat,
     [] {
         const MadeSource source("[0", ",1", 8 * mebi, "]");
         everyPass(source, "application/json", allKept, 32);
     }},
    {"32 threads, long records", flat,
     [] {
         const MadeSource source("", "{\"a\":\"" + std::string(8 * mebi, 'x') + "\"}\n", 14, "");
         everyPass(source, "application/x-ndjson", allSealed, 32);
     }},
    // Control documents.
    {"hostile manifest", flat,
     [] {
         for (const char* const part : {"0,", "{},", "\"\","}) {
             std::string text = "{\"metadata\":[";
             text.reserve(64 * mebi);
             while (text.size() < 63 * mebi)
                 text += part;
             text += "0]}";
             const auto parsed = parseManifest(text);
             need(!parsed.ok() && parsed.error().code == Code::DocumentTooLarge, "refused");
         }
     }},
};

} // namespace

class TestMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysFlat_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(cases); ++i)
            QTest::newRow(cases[i].name) << int(i);
    }
    void staysFlat() {
        QFETCH(int, index);
        NEED_TRUE_PEAKS();
        const auto ended = runAlone(std::to_string(index));
        QVERIFY2(ended.well, ended.said.c_str());
        const std::string took = std::to_string(ended.peak >> 20) + " MiB";
        qInfo("%s of %zu", took.c_str(), cases[index].most >> 20);
        QVERIFY2(ended.peak <= cases[index].most, took.c_str());
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == aloneWord)
        return sayPeak([&] { cases[std::stoul(argv[2])].run(); });
    TestMemory test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_memory.moc"
