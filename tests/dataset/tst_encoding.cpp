#include "models/dataset/encoding.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::dataset;

namespace {

const Encoding& encoding(std::string_view name) {
    return **Encoding::named(name);
}

std::string decoded(std::string_view name, std::string_view stored) {
    std::string out = "<";
    return encoding(name).decode(stored, out) ? out : out + "undecodable";
}

std::string encoded(std::string_view name, std::string_view text) {
    std::string out = "<";
    return encoding(name).encode(text, out) ? out : out + "unencodable";
}

} // namespace

class TestEncoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names() {
        QCOMPARE(encoding("utf-8").name(), std::string_view("UTF-8"));
        QCOMPARE(encoding("WINDOWS-1252").name(), std::string_view("windows-1252"));
        for (const char* name : {"ISO-8859-1", "ISO-8859-16", "windows-1258", "KOI8-R", "KOI8-U", "IBM437", "IBM850",
                                 "IBM852", "IBM866", "macintosh", "US-ASCII"})
            QVERIFY(Encoding::named(name).ok());
        for (const char* name : {"UTF-16", "utf-16be", "UTF-32LE"})
            QCOMPARE(Encoding::named(name).error().code, Code::DataEncodingUtf16);
        for (const char* name : {"", "latin1", "Shift_JIS", "GB18030", "IBM037", "UTF-8 "})
            QCOMPARE(Encoding::named(name).error().code, Code::DataEncodingUnsupported);
    }

    void singleBytes() {
        QCOMPARE(decoded("windows-1252", "gr\xf6\xdf\x65 \x80"), std::string("<größe €"));
        QCOMPARE(decoded("windows-1252", "a\x81"), std::string("<undecodable"));
        QCOMPARE(decoded("ISO-8859-1", "\x80\xff"), std::string("<\xc2\x80ÿ"));
        QCOMPARE(decoded("KOI8-R", "\xf0\xd2\xc9\xd7\xc5\xd4"), std::string("<Привет"));
        QCOMPARE(decoded("IBM437", "\x81\x9b"), std::string("<ü¢"));
        QCOMPARE(decoded("macintosh", "\x8a\xdb"), std::string("<ä€"));
        QCOMPARE(decoded("US-ASCII", "a\x80"), std::string("<undecodable"));
        QCOMPARE(encoded("windows-1252", "größe €"), std::string("<gr\xf6\xdf\x65 \x80"));
        QCOMPARE(encoded("ISO-8859-1", "a€"), std::string("<unencodable"));
        QCOMPARE(encoded("windows-1252", "a\xff"), std::string("<unencodable"));
    }

    void everyByteThereAndBack() {
        for (const char* name :
             {"ISO-8859-2", "ISO-8859-7", "windows-1250", "windows-1251", "KOI8-U", "IBM850", "macintosh"}) {
            for (int byte = 0; byte < 256; ++byte) {
                const std::string stored(1, char(byte));
                std::string text, back;
                const bool has = encoding(name).characterAt(stored, 0).codePoint.has_value();
                QCOMPARE(encoding(name).decode(stored, text), has);
                if (has) {
                    QVERIFY(encoding(name).encode(text, back));
                    QCOMPARE(back, stored);
                }
            }
        }
    }

    void utf8() {
        for (const char* text :
             {"", "abc", "é€🙂", "\x7f", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80", "12345678é12345678"})
            QVERIFY(isUtf8(text));
        for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                                 "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "é\xff", "12345678\xe9"})
            QVERIFY(!isUtf8(text));
        QCOMPARE(decoded("UTF-8", "é"), std::string("<é"));
        QCOMPARE(decoded("UTF-8", "\xe9"), std::string("<undecodable"));
    }

    void charactersOneByOne() {
        const auto count = [](std::string_view name, std::string_view stored) {
            std::size_t characters = 0;
            for (std::size_t at = 0; at < stored.size(); at += encoding(name).characterAt(stored, at).length)
                ++characters;
            return characters;
        };
        QCOMPARE(count("UTF-8", "aé€🙂"), std::size_t(4));
        QCOMPARE(count("UTF-8", "a\xff\xfe\xe2\x82"), std::size_t(5));
        QCOMPARE(count("windows-1252", "a\xe9\x81"), std::size_t(3));
        QCOMPARE(encoding("UTF-8").decodeForDisplay("a\xff"
                                                    "é"),
                 std::string("a\xef\xbf\xbd"
                             "é"));
    }
};

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
