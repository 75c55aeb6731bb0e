#include "tests/dataset/dataset_support.h"

#include "models/dataset/csv_text.h"
#include "models/dataset/splice.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::dataset;
using namespace sealwright::dataset::testing;

namespace {

Reading read(const std::string& text, const Dialect& dialect = {}) {
    return readAll(*memorySource(text, "test"), MediaType::Csv, dialect);
}

Dialect withoutHeader() {
    Dialect dialect;
    dialect.header = false;
    return dialect;
}

std::string failureOf(const std::string& text, const Dialect& dialect = {}) {
    const Reading reading = read(text, dialect);
    if (!reading.failure)
        return "none";
    return std::string(reading.failure->code == Code::DataCsvUnclosedQuote      ? "unclosed"
                       : reading.failure->code == Code::DataCsvTextAfterQuote   ? "after quote"
                       : reading.failure->code == Code::DataHeaderUndecodable   ? "header"
                       : reading.failure->code == Code::DataTooManyColumns      ? "columns"
                       : reading.failure->code == Code::DataRecordTooLong       ? "too long"
                       : reading.failure->code == Code::DataEncodingUtf16       ? "utf-16"
                       : reading.failure->code == Code::DataEncodingUnsupported ? "encoding"
                                                                                : "other") +
           placeOf(*reading.failure).substr(placeOf(*reading.failure).find(' '));
}

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAsTheyAreWritten() {
        const Reading reading = read("h\r\na,\"b,c\",\"d\"\"e\",,\"\"\r5\" disk,x\"y\"\n\"two\r\nlines\"");
        QVERIFY(!reading.failure);
        QCOMPARE(reading.story,
                 std::string("row 0\n  plain a\n  quoted b,c\n  quoted doubled d\"\"e\n  plain \n  quoted \n"
                             "row 1\n  plain 5\" disk\n  plain x\"y\"\n"
                             "row 2\n  quoted two\r\nlines\n"));
        QCOMPARE(reading.rows, std::uint64_t(3));
    }

    void everyLineEndEndsALine() {
        QCOMPARE(read("h,i\na,1\rb,2\r\nc,3\n\rd,4\r\r\n").rows, std::uint64_t(4));
        QCOMPARE(read("h\na\r\r\nb\n").rows, std::uint64_t(3)); // one column: the line between is a record
        QCOMPARE(read("h\n").rows, std::uint64_t(0));
        QCOMPARE(read("\n\n\nx\n", withoutHeader()).rows, std::uint64_t(4));
        QCOMPARE(read("\n\n\nx,y\n\n", withoutHeader()).rows, std::uint64_t(1));
    }

    void blankLinesAsTheReaderOfAStoredDatasetSays() {
        SplitOptions options;
        options.blankLinesAreRecords = false;
        const auto source = memorySource("h\n\na\n", "test");
        QCOMPARE(readAll(*source, MediaType::Csv, {}, options).rows, std::uint64_t(1));
    }

    void withoutQuotesAQuoteIsAByte() {
        Dialect dialect;
        dialect.quoting = false;
        QCOMPARE(read("h\n\"a,\"b\"c\n", dialect).story, std::string("row 0\n  plain \"a\n  plain \"b\"c\n"));
    }

    void refusedWithItsPlace() {
        QCOMPARE(failureOf("a,b\n1,2\n3,\"x\n5,6\n"), std::string("unclosed record 1 byte 10"));
        QCOMPARE(failureOf("a,b\n1,\"x\"y\n"), std::string("after quote record 0 byte 9"));
        QCOMPARE(failureOf("a,b\n1,\"x\" ,2\n"), std::string("after quote record 0 byte 9"));
        QCOMPARE(failureOf("a,\"b\n"), std::string("unclosed record - byte 2"));
        QCOMPARE(failureOf("a,\"b\"c\n"), std::string("after quote record - byte 5"));
        QCOMPARE(failureOf("1,\"x\n", withoutHeader()), std::string("unclosed record 0 byte 2"));
        QCOMPARE(failureOf("a,b\n1,\"x\"\"\n"), std::string("unclosed record 0 byte 6"));
    }

    void tooManyColumns() {
        const std::string most(maxColumns - 1, ',');
        QCOMPARE(read("h\n" + most + "\n").rows, std::uint64_t(1));
        QCOMPARE(failureOf("h\nx\n" + most + ",\n"), std::string("columns record 1 byte 100004"));
        QCOMPARE(failureOf(most + ",\n"), std::string("columns record - byte 100000"));
    }

    void bytesOfAnyKindAreKept() {
        const std::string text("a,b\n\0x,\"\xff\xfe\0\"\n", 13);
        const Reading reading = read(text);
        QVERIFY(!reading.failure);
        QCOMPARE(reading.bytes, text);
        QCOMPARE(reading.story, std::string("row 0\n  plain \0x\n  quoted \xff\xfe\0\n", 30));
    }

    void headerPaths() {
        const auto paths = [](const std::string& text, const std::string& encoding = "UTF-8") {
            Dialect dialect;
            dialect.encoding = encoding;
            return Json(read(text, dialect).paths).dump();
        };
        QCOMPARE(paths("\xef\xbb\xbfid,a.b,\"q\"\"[\",id\n"), std::string(R"(["#1","a\\.b","q\"\\[","#4"])"));
        QCOMPARE(paths("\xef\xbb\xbfid\n", "ISO-8859-1"), std::string(R"(["ï»¿id"])"));
        QCOMPARE(paths("\xe4,\xf6\n", "iso-8859-1"), std::string(R"(["ä","ö"])"));
        QCOMPARE(paths(""), std::string(R"(["#1"])"));
        QCOMPARE(paths("\nx,y\n"), std::string(R"(["#1","#2"])"));
        QCOMPARE(paths("\xef\xbb\xbf"), std::string(R"(["#1"])"));
        QCOMPARE(failureOf("a,\xe4\n"), std::string("header record - byte 2"));
    }

    void encodingsThatAreNone() {
        Dialect dialect;
        dialect.encoding = "UTF-16LE";
        QCOMPARE(failureOf("a\n", dialect), std::string("utf-16 record - byte -"));
        dialect.encoding = "UTF-7";
        QCOMPARE(failureOf("a\n", dialect), std::string("encoding record - byte -"));
    }

    void quotingHelpers() {
        std::string out;
        undoubleQuotes("a\"\"b\"\"\"\"", out);
        QCOMPARE(out, std::string("a\"b\"\""));
        out.clear();
        appendQuoted("a\"b", out);
        QCOMPARE(out, std::string("\"a\"\"b\""));
        const Dialect comma;
        for (const std::string text : {"", "a,b", "a\"b", "a\rb", "a\nb"})
            QVERIFY(needsQuotes(text, comma));
        for (const std::string text : {"a", "a;b", " "})
            QVERIFY(!needsQuotes(text, comma));
        Dialect bare;
        bare.quoting = false;
        out.clear();
        QVERIFY(appendLeastQuoted("5\"", bare, out) && appendLeastQuoted("", bare, out));
        QVERIFY(!appendLeastQuoted("a,b", bare, out));
        QCOMPARE(out, std::string("5\""));
    }

    void unquotedFields() {
        const Dialect dialect;
        for (const std::string text : {"", "a", "5\" disk", "a;b"})
            QVERIFY(isUnquotedField(text, dialect));
        for (const std::string text : {"\"", "\"a\"", "a,b", "a\r", "\nb"})
            QVERIFY(!isUnquotedField(text, dialect));
    }

    void droppedFieldsGoWithOneDelimiter() {
        const auto dropped = [](const std::string& text, const std::vector<bool>& drops) {
            Chunk chunk;
            chunk.kind = Chunk::Kind::Records;
            chunk.bytes = text;
            CsvReader reader({}, false);
            reader.start(chunk);
            std::string out;
            Splice splice(chunk.bytes, out);
            while (reader.next() == CsvReader::Step::Record) {
                bool kept = false;
                for (std::size_t i = 0; i < reader.fields().size(); ++i) {
                    if (i < drops.size() && drops[i])
                        splice.replace(csvDropSpan(reader.fields(), i, kept));
                    else
                        kept = true;
                }
            }
            splice.finish();
            return out;
        };
        QCOMPARE(dropped("a,b,c\r\n1,\"2\",3", {true, false, false}), std::string("b,c\r\n\"2\",3"));
        QCOMPARE(dropped("a,b,c\n1,\"2\",3\n", {false, true, false}), std::string("a,c\n1,3\n"));
        QCOMPARE(dropped("a,b,c\n1,2,3\n", {false, false, true}), std::string("a,b\n1,2\n"));
        QCOMPARE(dropped("a,b,c\n1,2,3\n", {true, true, false}), std::string("c\n3\n"));
        QCOMPARE(dropped("a,b,c\n1,2,3\n", {true, false, true}), std::string("b\n2\n"));
        QCOMPARE(dropped("a,b,c\n1\n", {false, true, true}), std::string("a\n1\n"));
        QCOMPARE(dropped("1\n", {true}), std::string("\n"));
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
