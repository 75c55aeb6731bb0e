#include "tests/dataset/dataset_support.h"

#include "models/dataset/sniff.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::dataset;
using namespace std::string_literals;

namespace {

std::string sniffed(const std::string& text, const std::string& name, const DialectWish& wish = {}) {
    const auto found = sniff(*memorySource(text, name), wish);
    if (!found)
        return "refused " + std::string(found.error().code == Code::DataMediaTypeUnknown ? found.error().facts.at(0)
                                        : found.error().code == Code::DataEncodingUtf16  ? "utf-16"
                                        : found.error().code == Code::DataEncodingUnsupported ? "encoding"
                                                                                              : "other");
    const Dialect& dialect = found->dialect;
    if (found->mediaType == MediaType::JsonLines)
        return "lines";
    if (found->mediaType == MediaType::Json)
        return "json " + dialect.recordsAt.value_or("-");
    return "csv "s + (dialect.delimiter == '\t' ? "tab" : std::string(1, dialect.delimiter)) +
           (dialect.quoting ? "" : " bare") + (dialect.header ? "" : " headless") +
           (dialect.encoding == "UTF-8" ? "" : " " + dialect.encoding);
}

} // namespace

class TestSniff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mediaTypes() {
        QCOMPARE(sniffed("{\"a\":1}", "x.json"), "json -"s);
        QCOMPARE(sniffed("\xef\xbb\xbf [1]", "x"), "json -"s);
        QCOMPARE(sniffed("{\"link\":[{}],\"entry\":[{}]}", "bundle.JSON"), "json entry[]"s);
        QCOMPARE(sniffed("{\"a\":1}\n{\"a\":2}\n", "x.json"), "lines"s);
        QCOMPARE(sniffed("{\"a\":1}\n", "x.json"), "json -"s);
        QCOMPARE(sniffed("{\"a\":1}\n", "x.ndjson"), "lines"s);
        QCOMPARE(sniffed("{\n\"a\":1}\n", "x.txt"), "json -"s);
        QCOMPARE(sniffed("{a}\nb\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("a,b\n", "folder.json/x"), "csv , headless"s);
        QCOMPARE(sniffed("", "x"), "csv ,"s);
    }

    void wishesOverrule() {
        DialectWish wish;
        wish.mediaType = MediaType::Csv;
        wish.delimiter = '|';
        wish.quoting = false;
        wish.header = false;
        wish.encoding = "windows-1252";
        QCOMPARE(sniffed("{\"a\":1}", "x.json", wish), "csv | bare headless windows-1252"s);
        DialectWish other;
        other.recordsAt = "";
        QCOMPARE(sniffed("{\"a\":[{}]}", "x.json", other), "json -"s);
        other.recordsAt = "b[]";
        QCOMPARE(sniffed("{\"a\":[{}]}", "x.json", other), "json b[]"s);
        wish.encoding = "iso-8859-15";
        QCOMPARE(sniffed("a", "x.csv", wish), "csv | bare headless ISO-8859-15"s);
        wish.encoding = "EBCDIC";
        QCOMPARE(sniffed("a", "x.csv", wish), "refused encoding"s);
        wish.encoding = "UTF-16";
        QCOMPARE(sniffed("a", "x.csv", wish), "refused utf-16"s);
    }

    void delimiters() {
        QCOMPARE(sniffed("name,n\nx,1\ny,2\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("name;price\nx;1,50\ny;2,75\n", "x.csv"), "csv ;"s);
        QCOMPARE(sniffed("1,5;2,5\n3,5;4,5\n", "x.csv"), "csv ; headless"s);
        QCOMPARE(sniffed("name|n\n\"x,y\"|1\n", "x.csv"), "csv |"s);
        QCOMPARE(sniffed("name\tn\nx\t1\n", "x.txt"), "csv tab"s);
        QCOMPARE(sniffed("name\nx\n", "x.tsv"), "csv tab"s);
        QCOMPARE(sniffed("name\nx y\nz\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("\"a\";\"b\"\n\"1\";\"2\"\n", "x.csv"), "csv ;"s);
        QCOMPARE(sniffed("word\tn\n\"open\tx\nsay \"hi\"\ty\n", "x.tsv"), "csv tab bare"s);
        QCOMPARE(sniffed("a,b\n1,\"open\n", "x.csv"), "csv ,"s); // the grammar's refusal comes when it is read
    }

    void headers() {
        QCOMPARE(sniffed("id,name\n1,Ada\n2,Grace\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("1,Ada\n2,Grace\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("country,2019,2020\nGB,1,2\nFR,3,4\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("GB,2019,2020\nFR,2018,2021\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("id,2019,2020\n1,1,2\n2,3,4\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("ada@x.org,London\ng@y.org,Paris\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("2024-01-02,a\n2024-01-03,b\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("name,city\nAda,London\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("7,8\n", "x.csv"), "csv , headless"s);
        QCOMPARE(sniffed("a,b\n", "x.csv"), "csv , headless"s); // rather sealed than shown
        QCOMPARE(sniffed("id,name\n", "x.csv"), "csv ,"s);
    }

    void aRecordIsNoHeader_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("people") << QByteArray("Ada Lovelace,London,HIV positive\nBea Smith,Paris,Healthy\n"
                                              "Cid Brown,Rome,Diabetes\n");
        QTest::newRow("one") << QByteArray("Ada Lovelace,London,HIV positive\n");
        QTest::newRow("lower case") << QByteArray("ada,london,flu\nbea,paris,cold\n");
        QTest::newRow("upper case") << QByteArray("ADA,LONDON,FLU\nBEA,PARIS,COLD\n");
        QTest::newRow("one column") << QByteArray("Ada Lovelace\nBea Smith\n");
        QTest::newRow("no value above numbers") << QByteArray("Ada,London,n/a\nBea,Paris,37\nCid,Rome,41\n");
        QTest::newRow("once more below") << QByteArray("Ada,surgery,x\nBea,surgery,1\nCid,oncology,2\n");
        QTest::newRow("date above dates") << QByteArray("Ada,on leave,2024-01-02\nBea,3,2024-01-03\n");
        QTest::newRow("key and value") << QByteArray("name,Ada Lovelace\ncity,London\ndiagnosis,HIV positive\n");
        QTest::newRow("enums") << QByteArray("Ada,in_progress\nBea,on_hold\nCid,not_started\n");
        QTest::newRow("ends like a column's word") << QByteArray("Mexico City,Ada\nParis,Bea\n");
        QByteArray many = "Ada,London,HIV\n";
        for (int i = 0; i < 60; ++i)
            many += "Person " + QByteArray::number(i) + (i % 2 ? ",Paris,Flu\n" : ",London,HIV\n");
        QTest::newRow("many") << many;
    }

    void aRecordIsNoHeader() {
        QFETCH(QByteArray, text);
        QCOMPARE(sniffed(text.toStdString(), "x.csv"), "csv , headless"s);
    }

    void aHeaderIsOne_data() {
        QTest::addColumn<QByteArray>("text");
        const QByteArray people = "Ada Lovelace,London,HIV positive\nBea Smith,Paris,Healthy\n";
        for (const char* header :
             {"name,city,diagnosis", "Name,City,Diagnosis", "NAME,CITY,DIAGNOSIS", "Full name,Home city,Main diagnosis",
              "patientName,homeCity,mainDiagnosis", "pat_nm,pat_loc,dx", "Nachname,Wohnort,Diagnose",
              "Nom,Ville,Diagnostic", "Nombre,Ciudad,Diagnóstico"})
            QTest::newRow(header) << header + QByteArray("\n") + people;
        QTest::newRow("odd words above numbers") << QByteArray("Foo,Bar\nAda,1\nBea,2\n");
        QTest::newRow("unnamed first column") << QByteArray(",name,Foo\n0,Ada,x\n1,Bea,y\n");
        QByteArray answers = "Frage A,Frage B,Bemerkung\n";
        for (int i = 0; i < 30; ++i)
            answers += (i % 3 ? "stimme zu,nie,Text " : "stimme nicht zu,oft,Text ") + QByteArray::number(i) + "\n";
        QTest::newRow("answers that come again") << answers;
    }

    void aHeaderIsOne() {
        QFETCH(QByteArray, text);
        QCOMPARE(sniffed(text.toStdString(), "x.csv"), "csv ,"s);
    }

    void encodings() {
        QCOMPARE(sniffed("größe,b\n1,2\n", "x.csv"), "csv ,"s);
        QCOMPARE(sniffed("gr\xf6\xdf"
                         "e,b\n1,2\n",
                         "x.csv"),
                 "csv , windows-1252"s);
        std::string mostly = "name,b\n";
        for (int i = 0; i < 100; ++i)
            mostly += "größe,x\n";
        QCOMPARE(sniffed(mostly + "gr\xf6,x\n", "x.csv"), "csv ,"s);
        // Cut in the middle of a character, and a late sign of another encoding.
        std::string large = "a,b\n";
        while (large.size() < 2'000'000)
            large += "ééé,x\n";
        QCOMPARE(sniffed(large, "x.csv"), "csv ,"s);
        std::string late = "a,b\n";
        while (late.size() < 2'000'000)
            late += late.size() < 1'900'000 ? "abc,x\n" : "\xe9t\xe9,x\n";
        QCOMPARE(sniffed(late, "x.csv"), "csv , windows-1252"s);
    }

    void whatIsNoText() {
        QCOMPARE(sniffed("\xff\xfe"
                         "a\0,\0"s,
                         "x.csv"),
                 "refused utf-16"s);
        QCOMPARE(sniffed("\xfe\xff\0a\0,"s, "x.csv"), "refused utf-16"s);
        QCOMPARE(sniffed("\0\0\xfe\xff\0\0\0a"s, "x.csv"), "refused utf-16"s);
        QCOMPARE(sniffed("i\0d\0,\0n\0\n\0"s, "x.csv"), "refused utf-16"s);
        QCOMPARE(sniffed("\0[\0{\0}\0]"s, "x.json"), "refused utf-16"s);
        QCOMPARE(sniffed("%PDF-1.7\n", "x"), "refused pdf"s);
        QCOMPARE(sniffed("\x1f\x8b\x08\0\0"s, "x.csv.gz"), "refused gzip"s);
        QCOMPARE(sniffed("PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"s, "x"),
                 "refused spreadsheet"s);
        QCOMPARE(sniffed("PK\x03\x04\x14\0\x08\0[Content_Types].xml"s + std::string(100'000, 'x') +
                             "xl/workbook.xmlPK\x05\x06",
                         "x"),
                 "refused spreadsheet"s);
        QCOMPARE(sniffed("PK\x03\x04\x14\0\x08\0word/document.xml"s, "x.csv"), "refused zip"s);
        QCOMPARE(sniffed("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s + std::string(600, '\0') + "W\0o\0r\0k\0b\0o\0o\0k\0"s,
                         "x.xls"),
                 "refused spreadsheet"s);
        QCOMPARE(sniffed(std::string(100, '\x01'), "x"), "refused binary"s);
        QCOMPARE(sniffed("a,b\nx\0y,1\n"s, "x.csv"), "csv ,"s);
        QVERIFY(looksLikeSpreadsheet(*memorySource("PK\x03\x04xl/", "x")));
        QVERIFY(!looksLikeSpreadsheet(*memorySource("a,b\nxl/workbook", "x")));
    }
};

QTEST_GUILESS_MAIN(TestSniff)
#include "tst_sniff.moc"
