#include "crypto/base/b64.h"
#include "crypto/base/control_json.h"
#include "crypto/base/secret.h"
#include "crypto/base/utf8.h"

#include <QTest>

#include <map>

using namespace sealwright;
using namespace sealwright::crypto;

class TestBase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void b64KnownAnswers();
    void b64EveryLengthAndByte();
    void b64Refuses();
    void b64IntoTooSmallABuffer();
    void secretIsWiped();
    void secretMoves();
    void comparesInConstantTime();
    void utf8();
    void jsonReads();
    void jsonRefuses();
    void jsonKeepsWhatIsNoInteger();
    void jsonDepth();
    void jsonValues();
    void jsonWrites();
};

void TestBase::b64KnownAnswers() {
    // RFC 4648 §10, in the alphabet of §5 and without padding.
    const std::map<std::string, std::string> answers = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xbf", "-_-_"}};
    for (const auto& [plain, encoded] : answers) {
        QCOMPARE(b64Encode(asBytes(plain)), encoded);
        QCOMPARE(b64Length(plain.size()), encoded.size());
        const auto decoded = b64Decode(encoded);
        QVERIFY(decoded);
        QCOMPARE(std::string(asText(*decoded)), plain);
    }
    std::string out = "before ";
    b64Append(asBytes("foob"), out);
    QCOMPARE(out, std::string("before Zm9vYg"));
}

void TestBase::b64EveryLengthAndByte() {
    for (std::size_t size = 0; size < 300; ++size) {
        Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = static_cast<Byte>(i * 7 + size);
        }
        const auto back = b64Decode(b64Encode(bytes));
        QVERIFY(back);
        QCOMPARE(*back, bytes);
    }
}

void TestBase::b64Refuses() {
    for (const std::string bad : {"Z", "Zm9vY", "Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm 9v", "+/+/", "Zh", "Zm9",
                                  "Zm9vYh", "Zm9v\xc3\xa4\xc3\xa4", "Zm9.", "===="}) {
        const auto decoded = b64Decode(bad);
        QVERIFY2(!decoded, bad.c_str());
        QCOMPARE(decoded.error(), Error::BadEncoding);
    }
    QVERIFY(!b64Decode(std::string_view("Zm\0v", 4)));
    // Every character outside the alphabet, in each place of a group and of what follows the last.
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const std::string good : {"AAAA", "AAAAAA", "AAAAAAA"}) {
        for (std::size_t place = 0; place < good.size(); ++place) {
            for (int c = 0; c < 256; ++c) {
                std::string changed = good;
                changed[place] = static_cast<char>(c);
                const bool known = alphabet.find(static_cast<char>(c)) != std::string::npos;
                if (!known) {
                    QVERIFY(!b64Decode(changed));
                }
            }
        }
    }
}

void TestBase::b64IntoTooSmallABuffer() {
    Bytes room(2);
    QVERIFY(!b64DecodeInto("Zm9v", room));
    room.resize(3);
    const auto size = b64DecodeInto("Zm9v", room);
    QVERIFY(size);
    QCOMPARE(*size, std::size_t{3});
}

void TestBase::secretIsWiped() {
    Bytes bytes = {1, 2, 3};
    wipe(bytes);
    QCOMPARE(bytes, Bytes({0, 0, 0}));
    std::string words = "a long enough text to stand on the heap, not in the object itself";
    const char* where = words.data();
    const std::size_t size = words.size();
    words.resize(10);
    wipe(words);
    QVERIFY(words.empty());
    QCOMPARE(where, static_cast<const char*>(words.data()));
    for (std::size_t i = 0; i < size; ++i) {
        QCOMPARE(words.data()[i], '\0');
    }
    SecretBytes secret(ByteView(Bytes{4, 5}));
    secret.wipe();
    QVERIFY(secret.empty());
}

void TestBase::secretMoves() {
    SecretBytes a(ByteView(Bytes{1, 2, 3}));
    SecretBytes copy = a.clone();
    QVERIFY(copy == a);
    copy.revealMutable()[0] = 9;
    QVERIFY(!(copy == a));
    SecretBytes b = std::move(a);
    QCOMPARE(b.size(), std::size_t{3});
    QVERIFY(a.empty()); // NOLINT: what a moved-from secret holds is the point
    b = std::move(copy);
    QCOMPARE(int{b.reveal()[0]}, 9);
    QCOMPARE(SecretBytes(4).reveal()[3], Byte{0});
    static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
}

void TestBase::comparesInConstantTime() {
    QVERIFY(equalConstantTime({}, {}));
    QVERIFY(equalConstantTime(asBytes("abc"), asBytes("abc")));
    QVERIFY(!equalConstantTime(asBytes("abc"), asBytes("abd")));
    QVERIFY(!equalConstantTime(asBytes("\x01xx"), asBytes("\x03xx")));
    QVERIFY(!equalConstantTime(asBytes("abc"), asBytes("ab")));
}

void TestBase::utf8() {
    const std::string good[] = {"a",
                                "\xc2\x80",
                                "\xdf\xbf",
                                "\xe0\xa0\x80",
                                "\xed\x9f\xbf",
                                "\xee\x80\x80",
                                "\xef\xbf\xbf",
                                "\xf0\x90\x80\x80",
                                "\xf4\x8f\xbf\xbf"};
    for (const std::string& one : good) {
        QCOMPARE(utf8SequenceLength(one + "tail", 0), one.size());
        QCOMPARE(utf8SequenceLength("x" + one, 1), one.size());
        if (one.size() > 1) {
            QCOMPARE(utf8SequenceLength(one.substr(0, one.size() - 1), 0), std::size_t{0});
        }
    }
    for (const std::string bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                                  "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x28\xa1"}) {
        QCOMPARE(utf8SequenceLength(bad, 0), std::size_t{0});
    }
}

void TestBase::jsonReads() {
    const auto json = parseControlJson(
        " {\"a\" : [ true ,false, null, -0, 9007199254740992, \"\\u00e9\\ud83d\\ude42\\n\\/\"], \"\": {} }\r\n");
    QVERIFY(json);
    const JsonArray& array = *json->find("a")->array();
    QCOMPARE(*array[0].boolean(), true);
    QCOMPARE(*array[1].boolean(), false);
    QVERIFY(array[2].isNull());
    QCOMPARE(*array[3].integer(), std::int64_t{0});
    QCOMPARE(*array[4].integer(), std::int64_t{1} << 53);
    QCOMPARE(*array[5].string(), std::string("é🙂\n/"));
    QVERIFY(json->find("")->object()->empty());
    QVERIFY(!json->find("b"));
    QVERIFY(!array[0].find("a"));
}

void TestBase::jsonRefuses() {
    for (const std::string bad : {"",
                                  " ",
                                  "{",
                                  "}",
                                  "[1,]",
                                  "[,1]",
                                  "{\"a\":1,}",
                                  "{\"a\" 1}",
                                  "{a:1}",
                                  "{'a':1}",
                                  "01",
                                  "-",
                                  "+1",
                                  "1.",
                                  ".5",
                                  "1e",
                                  "1e+",
                                  "tru",
                                  "nul",
                                  "truefalse",
                                  "1 2",
                                  "[1]x",
                                  "\"",
                                  "\"\\x\"",
                                  "\"\\u12\"",
                                  "\"\\ud800\"",
                                  "\"\\ud800x\"",
                                  "\"\\ud800\\u0041\"",
                                  "\"\\udc00\"",
                                  "\"a\nb\"",
                                  "\"\x01\"",
                                  "\"\xff\"",
                                  "\"\xed\xa0\x80\"",
                                  "\xef\xbb\xbf{}",
                                  "{\"a\":1,\"a\":2}",
                                  "[{\"x\":{\"b\":1,\"c\":2,\"b\":3}}]",
                                  "{\"a\":1,\"\\u0061\":2}",
                                  "// c\n1",
                                  "NaN",
                                  "Infinity",
                                  "[1\v]"}) {
        const auto json = parseControlJson(bad);
        QVERIFY2(!json, bad.c_str());
        QCOMPARE(json.error(), Error::BadEncoding);
    }
    QVERIFY(!parseControlJson(std::string_view("[1]\0", 4)));
    QVERIFY(parseControlJson("[1]", 3));
    QCOMPARE(parseControlJson("[12]", 3).error(), Error::LimitReached);
}

void TestBase::jsonKeepsWhatIsNoInteger() {
    for (const std::string number : {"1.0", "1e2", "-0.5E-7", "9007199254740993", "-9007199254740993", "1e999",
                                     "123456789012345678901234567890"}) {
        const auto json = parseControlJson(number);
        QVERIFY(json);
        QVERIFY(!json->integer());
        QCOMPARE(std::get<JsonReal>(json->value()).text, number);
        QCOMPARE(writeControlJson(*json), number);
    }
    QCOMPARE(*parseControlJson("-9007199254740992")->integer(), -(std::int64_t{1} << 53));
}

void TestBase::jsonDepth() {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(parseControlJson(nested(256)));
    QVERIFY(!parseControlJson(nested(257)));
    QVERIFY(!parseControlJson(std::string(1 << 20, '[')));
}

// As many values as the index of a package can have; more of them are no document of ours, and would take gigabytes.
void TestBase::jsonValues() {
    const auto zeros = [](std::size_t count) {
        std::string text = "[0";
        for (std::size_t i = 1; i < count; ++i) {
            text += ",0";
        }
        return text + "]";
    };
    constexpr std::size_t most = 5'000'000;
    QVERIFY(parseControlJson(zeros(most - 1), most * 2)); // the array is a value too
    QCOMPARE(parseControlJson(zeros(most), most * 3).error(), Error::LimitReached);
    // Counted right whatever they are: six in a group, and what looks like more stands in strings.
    const auto groups = [](std::string text) {
        text = "[" + text;
        for (std::size_t i = 0; i < (most - 2) / 6; ++i) {
            text += R"(,{"a,[\"":[ ],"b":{ },"c":[1,"x,\\\"]"]})";
        }
        return text + "]";
    };
    static_assert((most - 2) % 6 == 0);
    QVERIFY(parseControlJson(groups("0"), most * 20));
    QCOMPARE(parseControlJson(groups("0,0"), most * 20).error(), Error::LimitReached);
}

void TestBase::jsonWrites() {
    const Json json(JsonObject{{"b", 1},
                               {"a", JsonArray{Json(nullptr), true, "x"}},
                               {"\"\\/\b\t\n\f\r\x01é", JsonObject{}},
                               {"e", JsonArray{}}});
    const std::string text = writeControlJson(json);
    QCOMPARE(text, std::string("{\"b\":1,\"a\":[null,true,\"x\"],\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001é\":{},\"e\":[]}"));
    QVERIFY(*parseControlJson(text) == json);
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
