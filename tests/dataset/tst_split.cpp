#include "tests/dataset/dataset_support.h"

#include "models/dataset/records_at.h"

#include <QTest>

#include <random>

using namespace sealwright;
using namespace sealwright::dataset;
using namespace sealwright::dataset::testing;

namespace {

/// A source that is too large to lie in memory: `head`, then `body` again and again.
class EndlessSource : public ByteSource {
public:
    EndlessSource(std::string head, std::string body, std::uint64_t size)
        : m_head(std::move(head)), m_body(std::move(body)), m_size(size) {}
    std::uint64_t size() const override { return m_size; }
    std::string name() const override { return "endless"; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        std::size_t done = 0;
        for (; done < out.size() && offset < m_size; ++offset, ++done) {
            out[done] =
                Byte(offset < m_head.size() ? m_head[offset] : m_body[(offset - m_head.size()) % m_body.size()]);
            ++m_given;
        }
        return done;
    }
    std::uint64_t given() const { return m_given; }

private:
    std::string m_head, m_body;
    std::uint64_t m_size;
    mutable std::uint64_t m_given = 0;
};

/// Fails from a given place on, as a disk does.
class BrokenSource : public ByteSource {
public:
    std::uint64_t size() const override { return 1000; }
    std::string name() const override { return "broken"; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        if (offset + out.size() > 500)
            return fail(Failure(Code::DataNotReadable));
        std::fill(out.begin(), out.end(), Byte('\n'));
        return out.size();
    }
};

struct Input {
    MediaType type;
    std::string text;
    Dialect dialect;
};

Dialect recordsAt(const std::string& path) {
    Dialect dialect;
    dialect.recordsAt = path;
    return dialect;
}

Dialect csv(bool header, bool quoting = true) {
    Dialect dialect;
    dialect.header = header;
    dialect.quoting = quoting;
    return dialect;
}

std::string firstDifference(const Input& input) {
    const auto source = memorySource(input.text, "test");
    const Reading whole = readAll(*source, input.type, input.dialect);
    for (const std::size_t block : {1, 2, 3, 5, 7, 31, 63, 64, 65, 100, 4096}) {
        SplitOptions options;
        options.blockSize = std::size_t(block);
        const Reading tiny = readAll(*source, input.type, input.dialect, options);
        const bool sameEnd = whole.failure.has_value() == tiny.failure.has_value() &&
                             (!whole.failure || placeOf(*whole.failure) == placeOf(*tiny.failure));
        const bool same = sameEnd && whole.story == tiny.story && whole.paths == tiny.paths &&
                          (whole.failure || (tiny.bytes == input.text && whole.rows == tiny.rows));
        if (!same)
            return "block " + std::to_string(block) + " of <" + input.text + ">\n" + whole.story +
                   (whole.failure ? placeOf(*whole.failure) : "") + "\n--\n" + tiny.story +
                   (tiny.failure ? placeOf(*tiny.failure) : "");
    }
    return {};
}

void sameOrSay(const Input& input) {
    const std::string difference = firstDifference(input);
    QVERIFY2(difference.empty(), difference.c_str());
}

std::string endOf(const Reading& reading) {
    return reading.failure ? std::string(reading.failure->code == Code::DataRecordTooLong   ? "too long "
                                         : reading.failure->code == Code::DataJsonSyntax    ? "syntax "
                                         : reading.failure->code == Code::DataJsonNoRecords ? "no records "
                                                                                            : "other ") +
                                 placeOf(*reading.failure).substr(placeOf(*reading.failure).find(' ') + 1)
                           : "good";
}

std::string jsonEnd(const std::string& text, const Dialect& dialect = {}) {
    return endOf(readAll(*memorySource(text, "test"), MediaType::Json, dialect));
}

std::string found(const std::string& text) {
    const auto path = findRecordsAt(*memorySource(text, "test"));
    return !path ? "failed" : path->has_value() ? **path : "nothing";
}

} // namespace

class TestSplit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameWhateverTheBlock() {
        const std::string long64(64, 'x');
        const std::vector<Input> inputs = {
            {MediaType::Csv, "", csv(true)},
            {MediaType::Csv, "\xef\xbb\xbfid,n\r\n1,\"a\r\nb\"\r\n\r\n2,\"\"\"\"\r3,5\" x\n\n4,", csv(true)},
            {MediaType::Csv, "a\n\n\r\n\r\rb\n\"\"\n", csv(true)},
            {MediaType::Csv, "\n\r\n1,2\n\n3,4\r\n", csv(false)},
            {MediaType::Csv, "\n\r\nx\n\n\ry", csv(false)},
            {MediaType::Csv, "\n\n\n", csv(false)},
            {MediaType::Csv, "a,b\n1,\"x\"y\n", csv(true)},
            {MediaType::Csv, "a,b\n1,2\n3,\"x\n4,5\n", csv(true)},
            {MediaType::Csv, "a,b\n\"1,2\n\"3\",4\n", csv(true, false)},
            {MediaType::Csv, long64 + "," + long64 + "\n" + long64 + "\n\"" + long64 + "\r\n" + long64 + "\",z\r\n",
             csv(true)},
            {MediaType::Csv, std::string("a\0,b\n\0\0\n\xff,\"\0\"\n", 15), csv(true)},
            {MediaType::Json, " [ {\"a\":\"[{,\\\"]\\\\\"},[1,[2]] , 3,\"x\" ] ", {}},
            {MediaType::Json, "[]", {}},
            {MediaType::Json, "\xef\xbb\xbf [ \n ] \n", {}},
            {MediaType::Json, "{\"a\":[1,2],\"b\":\"]\"} ", {}},
            {MediaType::Json, "[1,2", {}},
            {MediaType::Json, "[1,2,]", {}},
            {MediaType::Json, "[,1]", {}},
            {MediaType::Json, "[1,{]},2]", {}},
            {MediaType::Json, "[1]x", {}},
            {MediaType::Json, "[\"a]", {}},
            {MediaType::Json, "[\"\\\\\",\"\\\"\",\"" + long64 + "\\\\\\\"" + long64 + "\"]", {}},
            {MediaType::Json, "{\"n\":1,\"l\\u0069st\":[{\"a\":1},{\"a\":2} ],\"m\":{\"list\":[3]}} ",
             recordsAt("list[]")},
            {MediaType::Json, "{\"d\":{\"x\":[1]},\"d\":{\"i\":1,\"i\":[ ],\"z\":2},\"t\":\"}\"}", recordsAt("d.i[]")},
            {MediaType::Json, "{\"list\":[{\"a\":1},", recordsAt("list[]")},
            {MediaType::Json, "{\"list\":[{\"a\":1}]}", recordsAt("other[]")},
            {MediaType::Json, "{\"list\":[{\"a\":1}]} x", recordsAt("list[]")},
            {MediaType::Json, "{\"list\":[{\"a\":1}],}", recordsAt("list[]")},
            {MediaType::Json, "{,\"list\":[{\"a\":1}]}", recordsAt("list[]")},
            {MediaType::Json, "[{\"list\":[{\"a\":1}]}]", recordsAt("list[]")},
            {MediaType::JsonLines, "\xef\xbb\xbf{\"a\":1}\n\n \t\r\n[1]\r\n\"x\"", {}},
            {MediaType::JsonLines, "{\"a\":1}\n{\"a\":\n1}\n", {}},
            {MediaType::JsonLines, "", {}},
            {MediaType::JsonLines, "{\"a\":1}\r{\"a\":2}\n", {}},
        };
        for (const Input& input : inputs)
            sameOrSay(input);
    }

    void theSameForAnything() {
        std::mt19937 random(4711);
        const std::string csvBytes = "a,\"\r\n\"b\n,", jsonBytes = "{}[],:\"\\a1 \n";
        for (int round = 0; round < 500; ++round) {
            std::string text, json;
            for (auto i = random() % 40; i > 0; --i) {
                text += csvBytes[random() % csvBytes.size()];
                json += jsonBytes[random() % jsonBytes.size()];
            }
            sameOrSay({MediaType::Csv, text, csv(round % 2 == 0)});
            sameOrSay({MediaType::JsonLines, json, {}});
            sameOrSay({MediaType::Json, "[" + json, {}});
            sameOrSay({MediaType::Json, "{\"a\":[{" + json, recordsAt("a[]")});
        }
    }

    void whereADocumentIsWrong() {
        QCOMPARE(jsonEnd("[1,2]"), std::string("good"));
        QCOMPARE(jsonEnd(""), std::string("syntax record - byte 0"));
        QCOMPARE(jsonEnd(" \n"), std::string("syntax record - byte 2"));
        QCOMPARE(jsonEnd("[1,2"), std::string("syntax record - byte 4"));
        QCOMPARE(jsonEnd("[1,2,]"), std::string("syntax record 2 byte 5"));
        QCOMPARE(jsonEnd("[1,,2]"), std::string("syntax record 1 byte 3"));
        QCOMPARE(jsonEnd("[1] 2"), std::string("syntax record - byte 4"));
        QCOMPARE(jsonEnd("[1 2]"), std::string("syntax record 0 byte 3"));
        QCOMPARE(jsonEnd("{\"a\":1}}"), std::string("syntax record 0 byte 7"));
        QCOMPARE(jsonEnd("{\"a\":1,\"l\":[1,2}"), std::string("syntax record 0 byte 15"));
        QCOMPARE(jsonEnd("{\"l\":[1,2]", recordsAt("l[]")), std::string("syntax record - byte 10"));
        QCOMPARE(jsonEnd("{\"l\":[1,2],\"x\":tru}", recordsAt("l[]")), std::string("syntax record - byte 15"));
        QCOMPARE(jsonEnd("{\"x\":01,\"l\":[1,2]}", recordsAt("l[]")), std::string("syntax record - byte 6"));
        QCOMPARE(jsonEnd("{\"l\":{}}", recordsAt("l[]")), std::string("no records record - byte -"));
        QCOMPARE(jsonEnd("{\"l\":}", recordsAt("l[]")), std::string("syntax record - byte 5"));
        QCOMPARE(jsonEnd("[1]", recordsAt("l[]")), std::string("no records record - byte -"));
        for (const std::string path : {"l", "l[", "[]x", "a[].b[]", "l\\[]", "#l[]", "$.l[]"})
            QCOMPARE(jsonEnd("{\"l\":[]}", recordsAt(path)), std::string("no records record - byte -"));
    }

    void recordsFoundByThemselves() {
        QCOMPARE(found("{\"resourceType\":\"Bundle\",\"link\":[{\"u\":1}],\"entry\":[{\"r\":1}]}"),
                 std::string("entry[]"));
        QCOMPARE(found("{\"l\\u0069nks\":[{}],\"a\":[1],\"b\":[ ],\"c\":[[{}]],\"d\":{\"e\":[{}]},\"f.g\":[ {}]}"),
                 std::string("f\\.g[]"));
        QCOMPARE(found("{\"a\":\"[{\",\"b\":[{\"c\":1"), std::string("b[]"));
        for (const std::string text :
             {"", "[{}]", "{}", "1", "{\"a\":[1,{}]}", "{\"link\":[{}]}", "{\"a\":{\"b\":[{}]}}", "{\"a\""})
            QCOMPARE(found(text), std::string("nothing"));
        QCOMPARE(found("\xef\xbb\xbf {\"a\":[{}]}"), std::string("a[]"));
    }

    void envelopesAreWalkedAroundTheRecords() {
        const Reading reading =
            readAll(*memorySource("{\"n\":{\"m\":1},\"d\":{\"k\":[],\"i\":[{\"a\":1},5],\"i\":[2]},\"t\":{}}", "test"),
                    MediaType::Json, recordsAt("d.i[]"));
        QVERIFY(!reading.failure);
        QCOMPARE(reading.story, std::string("envelope\n  $.n.m = 1\n  $.d.k = []\n0\n  a = 1\n1\n   = 5\n"
                                            "envelope\n  $.d.i[] = 2\n  $.t = {}\n"));
        QCOMPARE(reading.rows, std::uint64_t(2));
    }

    void depthCountsWhatIsAroundTheRecords() {
        const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
        QCOMPARE(jsonEnd("[" + nested(255) + "]"), std::string("good"));
        QCOMPARE(jsonEnd("[0," + nested(256) + "]"), "other record 1 byte " + std::to_string(3 + 255));
        QCOMPARE(jsonEnd("{\"d\":{\"l\":[" + nested(253) + "]}}", recordsAt("d.l[]")), std::string("good"));
        QCOMPARE(jsonEnd("{\"d\":{\"l\":[" + nested(254) + "]}}", recordsAt("d.l[]")),
                 "other record 0 byte " + std::to_string(11 + 253));
    }

    void aRecordOfTheLimitAndOneOverIt() {
        for (const std::size_t block : {1, 7, 50, 1000}) {
            const auto end = [&](MediaType type, const std::string& text, const Dialect& dialect = {}) {
                SplitOptions options;
                options.blockSize = std::size_t(block);
                options.maxRecord = 100;
                return endOf(readAll(*memorySource(text, "test"), type, dialect, options));
            };
            const std::string most(98, 'x'), over(99, 'x');
            QCOMPARE(end(MediaType::Csv, "a,b\n1,2\n" + most + ",y\r\n1,2\n"), std::string("good"));
            QCOMPARE(end(MediaType::Csv, "a,b\n1,2\n" + over + ",y\r\n1,2\n"), std::string("too long record 1 byte 8"));
            QCOMPARE(end(MediaType::Csv, "a,b\n1,2\n\"" + over + over + over), std::string("too long record 1 byte 8"));
            QCOMPARE(end(MediaType::Csv, over + ",b\n1,2\n"), std::string("too long record - byte 0"));
            QCOMPARE(end(MediaType::JsonLines, "1\n\"" + most + "\"\n2"), std::string("good"));
            QCOMPARE(end(MediaType::JsonLines, "1\n\"" + over + "\"\n2"), std::string("too long record 1 byte 2"));
            QCOMPARE(end(MediaType::Json, "[1,\"" + most + "\"]"), std::string("good"));
            QCOMPARE(end(MediaType::Json, "[1,\"" + over + "\"]"), std::string("too long record 1 byte 3"));
            QCOMPARE(end(MediaType::Json, "\"" + over + "\""), std::string("too long record 0 byte 0"));
            QCOMPARE(end(MediaType::Json, "{\"x\":\"" + over + "\",\"l\":[]}", recordsAt("l[]")),
                     std::string("too long record - byte 0"));
            QCOMPARE(end(MediaType::Json, "{\"l\":[],\"x\":\"" + over + "\"}", recordsAt("l[]")),
                     std::string("too long record 0 byte 6"));
        }
    }

    void aLineOfManyGigabytesIsRefusedEarly() {
        const std::vector<std::pair<MediaType, std::string>> heads = {
            {MediaType::Csv, "a,b\n1,"},     {MediaType::Csv, "a,b\n1,\""}, {MediaType::Csv, ""},
            {MediaType::JsonLines, "1\n\""}, {MediaType::Json, "[\""},      {MediaType::Json, "\""}};
        for (const auto& [type, head] : heads) {
            const EndlessSource source(head, "xyz\\\"\"\"", std::uint64_t(1) << 40);
            SplitOptions options;
            options.maxRecord = 4u << 20;
            auto splitter = RecordSplitter::open(source, type, {}, options);
            Chunk chunk;
            std::optional<Failure> failure;
            if (!splitter)
                failure = splitter.error();
            while (!failure) {
                const auto more = (*splitter)->next(chunk);
                if (!more)
                    failure = more.error();
                QVERIFY(!more || *more);
            }
            QCOMPARE(failure->code, Code::DataRecordTooLong);
            QVERIFY(source.given() < (16u << 20));
            QVERIFY(chunk.bytes.capacity() < (16u << 20));
        }
    }

    void aFailureStays() {
        const BrokenSource source;
        SplitOptions options;
        options.blockSize = 100;
        Dialect dialect;
        auto splitter = RecordSplitter::open(source, MediaType::JsonLines, dialect, options);
        QVERIFY(splitter.ok());
        Chunk chunk;
        int chunks = 0;
        for (;;) {
            const auto more = (*splitter)->next(chunk);
            if (!more)
                break;
            QVERIFY(*more);
            ++chunks;
        }
        QVERIFY(chunks >= 5);
        QCOMPARE((*splitter)->next(chunk).error().code, Code::DataNotReadable);
    }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
