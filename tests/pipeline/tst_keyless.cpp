#include "tests/pipeline/pipeline_support.h"

#include <algorithm>
#include <functional>
#include <set>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using Lines = std::vector<std::string>;

/// A stored dataset as its lines, header first, with its manifest.
struct Stored {
    Lines lines;
    Manifest manifest;

    Stored(const std::string& type, const std::string& policy, const std::string& source) {
        const TestKeys keys(true);
        const auto wanted = request(type, policy, keys.keys);
        MemorySink sink;
        const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 1000));
        if (!made.ok())
            throw std::runtime_error(say(made));
        manifest = manifestOf(*made, wanted);
        std::string line;
        for (const char c : sink.bytes()) {
            line += c;
            if (c == '\n')
                lines.push_back(std::exchange(line, {}));
        }
        if (!line.empty())
            lines.push_back(line);
    }

    /// What is reported, each kind once with the fields that it names; or the failure.
    std::string seen(const pipeline::RunOptions& options = runOptions(1, 1000)) const {
        std::string text;
        for (const std::string& line : lines)
            text += line;
        const auto looked = pipeline::lookThroughDataset(*memorySource(text, "stored"), manifest, options);
        if (!looked.ok())
            return std::string(stableId(looked.error().code)) + " " + looked.error().where.field;
        std::set<std::string> kinds;
        for (const auto& finding : looked->findings)
            kinds.insert(std::string(pipeline::stableId(finding.kind)) +
                         (finding.where.field.empty() ? "" : " " + finding.where.field));
        std::string all;
        for (const std::string& kind : kinds)
            all += (all.empty() ? "" : ", ") + kind;
        return looked->valuesOpened != 0 || looked->byteExact ? "claims to have opened something" : all;
    }
};

constexpr const char* policy = R"({"version":1,"fields":[
    {"path":"c","action":"encrypt","algorithm":"ChaCha20-Poly1305"},{"path":"s","action":"deterministic"},
    {"path":"f","action":"fpe","alphabet":"digits"},{"path":"h","action":"pseudonym"},{"path":"k","action":"keep"}]})";

Stored table() {
    return Stored("text/csv", policy,
                  "g,c,s,f,h,k\nAda,1,x,1234567,u,a\nBea,2,y,2345678,v,b\nCid,3,z,3456789,w,c\n,4,,,w,\n");
}

/// The cell of that column in a line, which has no quotes.
std::string& swapCells(std::string& line, std::string& other, int column) {
    const auto cell = [column](const std::string& text) {
        std::size_t begin = 0;
        for (int i = 0; i < column; ++i)
            begin = text.find(',', begin) + 1;
        return std::pair(begin, text.find_first_of(",\n", begin) - begin);
    };
    const auto mine = cell(line), its = cell(other);
    const std::string kept = line.substr(mine.first, mine.second);
    line.replace(mine.first, mine.second, other.substr(its.first, its.second));
    other.replace(its.first, its.second, kept);
    return line;
}

} // namespace

/// What verify says without a key.
class Keyless : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWholeHasNothingToReport() {
        const Stored whole = table();
        for (const auto& options : everyWay())
            QCOMPARE(whole.seen(options), std::string());
    }

    void aRecordTakenAway() {
        Stored stored = table();
        stored.lines.erase(stored.lines.begin() + 2);
        for (const auto& options : everyWay())
            QCOMPARE(stored.seen(options),
                     std::string("record-count-differs, token-count-differs c, token-count-differs f, "
                                 "token-count-differs g, token-count-differs h, token-count-differs s"));
    }

    void recordsSwappedAndDoubled() {
        Stored stored = table();
        std::swap(stored.lines[1], stored.lines[3]);
        QCOMPARE(stored.seen(), std::string("rows-not-ascending"));
        stored = table();
        stored.lines[3] = stored.lines[1];
        QCOMPARE(stored.seen(), std::string("row-twice"));
    }

    void cellsMovedBetweenRecords() {
        Stored stored = table();
        swapCells(stored.lines[1], stored.lines[2], 1);
        QCOMPARE(stored.seen(), std::string("rows-disagree c"));
    }

    void cellsThatAreGone() {
        Stored stored = table();
        std::string empty = ",,,,,\n";
        swapCells(stored.lines[1], empty, 3); // fpe: an empty cell is none of its results
        QCOMPARE(stored.seen(), std::string("token-count-differs f"));
        stored = table();
        std::string other = ",,,,p_no,\n";
        swapCells(stored.lines[1], other, 4);
        QCOMPARE(stored.seen(), std::string("token-count-differs h"));
    }

    void whatIsNoTokenOfItsFieldIsAltered() {
        const auto with = [](const std::function<void(Lines&)>& change) {
            Stored stored = table();
            change(stored.lines);
            return stored.seen();
        };
        QCOMPARE(with([](Lines& lines) { lines[1].replace(0, 4, "sw1c"); }), std::string("auth.altered g"));
        QCOMPARE(with([](Lines& lines) { lines[1].replace(5, 1, "2"); }), std::string("auth.altered g"));
        QCOMPARE(with([](Lines& lines) { lines[1].replace(40, 1, "="); }), std::string("auth.altered g"));
        QCOMPARE(with([](Lines& lines) { lines[1].replace(0, lines[1].find(','), "Ada"); }),
                 std::string("auth.altered g"));
        QCOMPARE(with([](Lines& lines) { lines[1].replace(0, lines[1].find(','), ""); }),
                 std::string("auth.altered g"));
        QCOMPARE(with([](Lines& lines) { swapCells(lines[1], lines[1], 0).insert(0, "\""); }).substr(0, 8),
                 std::string("data.csv"));
        // Mode s has the join key's version.
        QCOMPARE(with([](Lines& lines) {
                     const std::size_t at = lines[2].find("sw1s.3.");
                     lines[2].replace(at, 7, "sw1s.1.");
                 }),
                 std::string("auth.altered s"));
    }

    void jsonOrdinalsAndUnknownFields() {
        Stored stored("application/x-ndjson", R"({"version":1})", "{\"a\":[1,2],\"b\":3}\n{\"a\":[4,5],\"b\":6}\n");
        QCOMPARE(stored.seen(), std::string());
        std::string& line = stored.lines[0];
        const std::size_t first = line.find("sw1g"), second = line.find("sw1g", first + 1);
        const std::size_t size = line.find('"', first) - first;
        const std::string token = line.substr(first, size);
        line.replace(first, size, line.substr(second, size));
        line.replace(second, size, token);
        QCOMPARE(stored.seen(), std::string("ordinals-not-in-order a[]"));
        stored.lines[1].insert(1, "\"new\":1,");
        QCOMPARE(stored.seen(), std::string("ordinals-not-in-order a[], unknown-field new"));
    }

    /// Rows count anew in each run, and which run a record is of only keys tell.
    void severalRuns() {
        Stored stored = table();
        const Stored again = table();
        stored.lines.insert(stored.lines.end(), again.lines.begin() + 1, again.lines.end());
        stored.manifest.runs.push_back(stored.manifest.runs.front());
        stored.manifest.runs.back().runId = runNumber(2);
        for (auto& field : stored.manifest.dataset->fields) {
            field.values *= 2;
            field.keptEmpty *= 2;
        }
        QCOMPARE(stored.seen(), std::string());
        stored.lines.pop_back();
        QVERIFY(stored.seen().find("record-count-differs") == 0);
    }
};

QTEST_GUILESS_MAIN(Keyless)
#include "tst_keyless.moc"
