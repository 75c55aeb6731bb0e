#include "tests/dataset/dataset_support.h"

#include "models/dataset/json_text.h"
#include "models/dataset/splice.h"
#include "models/dataset/unflatten.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::dataset;
using namespace sealwright::dataset::testing;

namespace {

std::string parse(const std::string& text, unsigned depth = 0) {
    PathTable table;
    JsonParser parser(table);
    const auto parsed = parser.parseText(text, depth);
    if (parsed)
        return "good";
    const Failure& failure = parsed.error();
    const std::string what = failure.code == Code::DataJsonSyntax          ? "syntax"
                             : failure.code == Code::DataJsonNotUtf8       ? "not utf-8"
                             : failure.code == Code::DataJsonLoneSurrogate ? "surrogate"
                             : failure.code == Code::DataJsonTooDeep       ? "deep"
                             : failure.code == Code::DataTooManyColumns    ? "columns"
                                                                           : "other";
    return what + " " + std::to_string(*failure.where.byte);
}

std::string repeat(const std::string& part, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += part;
    return out;
}

/// Every node as `kind path raw`.
std::string tape(const std::string& text) {
    PathTable table;
    JsonParser parser(table);
    if (!parser.parseText(text))
        return "refused";
    std::string out;
    for (const JsonNode& node : parser.nodes())
        out += std::string(1, "oasntfz"[int(node.kind)]) + (node.escaped ? "! " : " ") + table.text(node.path) + " " +
               std::string(node.raw(text)) + " ^" + std::to_string(node.parent) + " >" + std::to_string(node.after) +
               "\n";
    return out;
}

} // namespace

class TestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nodesInDocumentOrder() {
        QCOMPARE(
            tape(" { \"a\" : [1 , {\"b\\n\":\"x\\u0041\"},[]], \"c\":{} ,\"d\":true,\"e\":false,\"f\":null} "),
            std::string(
                "o  { \"a\" : [1 , {\"b\\n\":\"x\\u0041\"},[]], \"c\":{} ,\"d\":true,\"e\":false,\"f\":null} ^0 >10\n"
                "a a [1 , {\"b\\n\":\"x\\u0041\"},[]] ^0 >6\n"
                "n a[] 1 ^1 >3\n"
                "o a[] {\"b\\n\":\"x\\u0041\"} ^1 >5\n"
                "s! a[].b\n \"x\\u0041\" ^3 >5\n"
                "a a[] [] ^1 >6\n"
                "o c {} ^0 >7\n"
                "t d true ^0 >8\n"
                "f e false ^0 >9\n"
                "z f null ^0 >10\n"));
        QCOMPARE(tape("[[1],2]"), std::string("a  [[1],2] ^0 >4\na [] [1] ^0 >3\nn [][] 1 ^1 >3\nn [] 2 ^0 >4\n"));
        QCOMPARE(tape("-0.5e+7"), std::string("n  -0.5e+7 ^0 >1\n"));
    }

    void valid() {
        for (const std::string text :
             {"0", "-0", "1e5", "1E-5", "0.0", "-1.25e+10", "\"\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
              "\"\\ud800\"", "\"é€🙂\"", "\"\x7f\"", "[]", "{}", " \t\r\n{} \t\r\n", "{\"\":{\"\":[]}}",
              "[1,2,[3]]", "{\"a\":1,\"a\":2}"})
            QCOMPARE(parse(text), std::string("good"));
    }

    void refusedWithItsPlace() {
        const std::vector<std::pair<std::string, std::string>> cases = {{"", "syntax 0"},
                                                                        {"  ", "syntax 2"},
                                                                        {"{", "syntax 1"},
                                                                        {"[1", "syntax 2"},
                                                                        {"[1,", "syntax 3"},
                                                                        {"[1,]", "syntax 3"},
                                                                        {"{\"a\"}", "syntax 4"},
                                                                        {"{\"a\":}", "syntax 5"},
                                                                        {"{\"a\":1,}", "syntax 7"},
                                                                        {"{a:1}", "syntax 1"},
                                                                        {"[1}", "syntax 2"},
                                                                        {"{\"a\":1]", "syntax 6"},
                                                                        {"1 2", "syntax 2"},
                                                                        {"{} {}", "syntax 3"},
                                                                        {"01", "syntax 1"},
                                                                        {"-", "syntax 1"},
                                                                        {"1.", "syntax 2"},
                                                                        {".5", "syntax 0"},
                                                                        {"+1", "syntax 0"},
                                                                        {"1e", "syntax 2"},
                                                                        {"1e+", "syntax 3"},
                                                                        {"NaN", "syntax 0"},
                                                                        {"nul", "syntax 0"},
                                                                        {"True", "syntax 0"},
                                                                        {"'a'", "syntax 0"},
                                                                        {"\"a", "syntax 2"},
                                                                        {"\"\\x\"", "syntax 2"},
                                                                        {"\"\\u12g4\"", "syntax 5"},
                                                                        {"\"\\", "syntax 2"},
                                                                        {"\"a\nb\"", "syntax 2"},
                                                                        {std::string("\"\0\"", 3), "syntax 1"},
                                                                        {std::string("[\0]", 3), "syntax 1"},
                                                                        {"[1]\xc2\xa0", "syntax 3"},
                                                                        {"/**/1", "syntax 0"},
                                                                        {"\xef\xbb\xbf{}", "syntax 0"},
                                                                        {"\"\xff\"", "not utf-8 1"},
                                                                        {"\"\xc0\x80\"", "not utf-8 1"},
                                                                        {"\"a\xed\xa0\x80\"", "not utf-8 2"},
                                                                        {"\"\xf4\x90\x80\x80\"", "not utf-8 1"},
                                                                        {"\"\xe2\x82", "not utf-8 1"},
                                                                        {"{\"\xe9\":1}", "not utf-8 2"},
                                                                        {"\xff", "not utf-8 0"},
                                                                        {"{\"x\":1,\"\\ud800\":1}", "surrogate 7"},
                                                                        {"{\"\\udc00\\ud800\":1}", "surrogate 1"}};
        for (const auto& [text, wanted] : cases)
            QCOMPARE(parse(text), wanted);
    }

    void depth() {
        QCOMPARE(parse(repeat("[", 256) + repeat("]", 256)), std::string("good"));
        QCOMPARE(parse(repeat("[", 257) + repeat("]", 257)), std::string("deep 256"));
        QCOMPARE(parse(repeat("[", 255) + repeat("]", 255), 1), std::string("good"));
        QCOMPARE(parse(repeat("{\"a\":", 256) + "1" + repeat("}", 256), 1), std::string("deep 1275"));
        QCOMPARE(parse(repeat("[", 1'000'000)), std::string("deep 256"));
    }

    void longStringsAtEveryAlignment() {
        for (std::size_t length = 0; length < 70; ++length) {
            const std::string text = std::string(length, 'x');
            QCOMPARE(parse("\"" + text + "\""), std::string("good"));
            QCOMPARE(parse("\"" + text + "\x1f\""), "syntax " + std::to_string(length + 1));
            QCOMPARE(parse("\"" + text + "\x80\""), "not utf-8 " + std::to_string(length + 1));
            QCOMPARE(parse("\"" + text + "é\\n\""), std::string("good"));
        }
    }

    void equalPathTextsHaveOneNumber() {
        PathTable table;
        JsonParser parser(table);
        QVERIFY(parser.parseText("{\"\":[1]}").ok());
        const PathId member = parser.nodes()[2].path;
        QVERIFY(parser.parseText("[1]").ok());
        QCOMPARE(parser.nodes()[1].path, member);
        QCOMPARE(table.text(member), std::string("[]"));
        QCOMPARE(table.find("[]"), std::optional<PathId>(member));
        QVERIFY(!table.find("nowhere"));
    }

    void namesInAnyOrderAreFoundAgain() {
        PathTable table;
        JsonParser parser(table);
        QVERIFY(parser.parseText(R"({"a":1,"b":{"c":2,"d":3}})").ok());
        const std::size_t known = table.size();
        for (const std::string text :
             {R"({"b":{"d":3,"c":2},"a":1})", R"({"a":1,"a":2,"b":{"c":1}})", R"({"\u0061":1,"b":{"\u0064":1}})"}) {
            QVERIFY(parser.parseText(text).ok());
            QCOMPARE(table.size(), known);
        }
    }

    void tooManyPaths() {
        std::string text = "{\"x\":0";
        for (int i = 1; i < 100'000; ++i)
            text += ",\"" + std::to_string(i) + "\":0";
        QCOMPARE(parse(text + "}"), std::string("good"));
        QCOMPARE(parse(text + ",\"y\":0}"), "columns " + std::to_string(text.size() + 5));
    }

    void emptyContainersCountAsPaths() {
        std::string text = "{\"x\":0";
        for (int i = 1; i < 100'000; ++i)
            text += ",\"" + std::to_string(i) + (i % 2 == 0 ? "\":{}" : "\":[]");
        QCOMPARE(parse(text + "}"), std::string("good"));
        QCOMPARE(parse(text + ",\"y\":{}}"), std::string("columns 0"));
    }

    void pathsDoNotGrowBeyondMeasure() {
        // Every path below a long name is as long as that name: this one record would take 190 MB for them, the next
        // 200.
        std::string wide = "{\"" + repeat("n", 64u << 10) + "\":{\"x\":{}";
        for (int i = 0; i < 3000; ++i)
            wide += ",\"" + std::to_string(i) + "\":{}";
        QCOMPARE(parse(wide + "}}"), std::string("columns 0"));
        const std::string deep = "{\"" + repeat("n", 1u << 20) + "\":" + repeat("[", 200) + repeat("]", 200) + "}";
        QCOMPARE(parse(deep), std::string("columns 0"));
    }

    void droppedMembersKeepTheRestAsItIs() {
        const auto dropped = [](const std::string& text, const std::string& path) {
            PathTable table;
            JsonParser parser(table);
            if (!parser.parseText(text))
                return std::string("refused");
            std::string out;
            Splice splice(text, out);
            std::vector<bool> kept(parser.nodes().size());
            for (std::uint32_t i = 1; i < parser.nodes().size();) {
                const JsonNode& node = parser.nodes()[i];
                if (table.text(node.path) == path) {
                    splice.replace(jsonDropSpan(text, node, kept[node.parent]));
                    i = node.after;
                } else {
                    kept[node.parent] = true;
                    ++i;
                }
            }
            splice.finish();
            return out;
        };
        QCOMPARE(dropped(R"({"a":1,"b":2,"c":3})", "a"), std::string(R"({"b":2,"c":3})"));
        QCOMPARE(dropped(R"({"a":1,"b":2,"c":3})", "b"), std::string(R"({"a":1,"c":3})"));
        QCOMPARE(dropped(R"({"a":1,"b":2,"c":3})", "c"), std::string(R"({"a":1,"b":2})"));
        QCOMPARE(dropped(R"({ "a" : 1 , "b" : {"x":1} , "c" : 3 })", "b"), std::string(R"({ "a" : 1 , "c" : 3 })"));
        QCOMPARE(dropped("{\n  \"a\": 1,\n  \"b\": 2\n}", "a"), std::string("{\n  \"b\": 2\n}"));
        QCOMPARE(dropped("{\n  \"a\": 1,\n  \"b\": 2\n}", "b"), std::string("{\n  \"a\": 1}"));
        QCOMPARE(dropped("{ \"a\" : 1 }", "a"), std::string("{}"));
        QCOMPARE(dropped(R"({"a":1,"a":2,"b":3,"a":4})", "a"), std::string(R"({"b":3})"));
        QCOMPARE(dropped(R"({"t":[1, 2 ,3]})", "t[]"), std::string(R"({"t":[]})"));
    }

    void escapes() {
        const auto decoded = [](const std::string& content) {
            std::string out = "before ";
            return unescapeJson(content, out) ? out : out + "(undecodable)";
        };
        QCOMPARE(decoded(R"(\"\\\/\b\f\n\r\t\u00e9\ud83d\ude42x)"), std::string("before \"\\/\b\f\n\r\té🙂x"));
        QCOMPARE(decoded(R"(a\ud800)"), std::string("before (undecodable)"));
        QCOMPARE(decoded(R"(\ud800\u0041)"), std::string("before (undecodable)"));
        QCOMPARE(decoded(R"(\udc00)"), std::string("before (undecodable)"));
        QCOMPARE(unescapeJsonForDisplay(R"(\ud800\ud83d\ude42)"), std::string("\xef\xbf\xbd🙂"));
        std::string out;
        escapeJson(std::string("\"\\/\b\t\n\f\r\0\x0b\x1f\x7fé", 14), out);
        QCOMPARE(out, std::string(R"(\"\\/\b\t\n\f\r\u0000\u000b\u001f)"
                                  "\x7fé"));
        for (const std::string content : {"", "x/é", R"(\"\\\b\t\n\f\r)", R"(\u000b\u001f)"})
            QVERIFY(isLeastEscaped(content));
        for (const std::string content : {R"(\/)", R"(\u0041)", R"(\u001F)", R"(\u000a)", R"(\u00e9)", R"(\ud800)"})
            QVERIFY(!isLeastEscaped(content));
    }

    void bodiesOfEachType() {
        for (const std::string body : {"0", "-1.5e+3", "12345678901234567890"})
            QVERIFY(isJsonNumber(body));
        for (const std::string body : {"", " 1", "1 ", "01", "1,2", "true", "\"1\"", "1.", "0x1"})
            QVERIFY(!isJsonNumber(body));
        QVERIFY(isJsonBoolean("true") && isJsonBoolean("false") && !isJsonBoolean("TRUE") && !isJsonBoolean("true "));
        for (const std::string body : {"", "a b", "é/"})
            QVERIFY(isPlainStringContent(body));
        for (const std::string body : {"\"", "\\n", "a\x01", "\xff", "\xed\xa0\x80"})
            QVERIFY(!isPlainStringContent(body));
        for (const std::string body : {"\\n", "x\\u00e9", "\\ud800"})
            QVERIFY(isEscapedStringContent(body));
        for (const std::string body : {"", "x", "\\", "\\x", "\\n\"", "\\u12", "\\n\n"})
            QVERIFY(!isEscapedStringContent(body));
        for (const std::string body : {"{}", "[ 1 ]", "{\"a\":[{}]}"})
            QVERIFY(isOneContainer(body, 3));
        for (const std::string body :
             {"", "1", "{} ", " {}", "{}{}", "[1", "{\"a\":1},\"b\":[]", "{\"\\ud800\":1}", "[\"\xff\"]"})
            QVERIFY(!isOneContainer(body, 256));
        QVERIFY(isOneContainer("[[]]", 2) && !isOneContainer("[[]]", 1) && !isOneContainer("[]", 0));
    }

    void unflattenWritesWithoutWhiteSpace() {
        const auto result = [](const std::string& text) {
            std::string out;
            const auto changed = unflatten(text, 0, out);
            return !changed   ? "failed " + std::to_string(int(changed.error().code))
                   : *changed ? out
                              : std::string("unchanged");
        };
        QCOMPARE(result(" { \"a\" : 1 } "), std::string("unchanged"));
        QCOMPARE(result("[{\"a.b\":1}]"), std::string("unchanged"));
        QCOMPARE(result("{ \"a.b\" : [ 1, \" x \\\" \" ],\n \"c\\td\" : { } }"),
                 std::string("{\"a\":{\"b\":[1,\" x \\\" \"]},\"c\\td\":{}}"));
        const std::string conflict = "failed " + std::to_string(int(Code::DataUnflattenConflict));
        QCOMPARE(result("{\"a\":{},\"a.b\":1}"), conflict);
        QCOMPARE(result("{\"a.b.c\":1,\"a.b\":2}"), conflict);
        QCOMPARE(result("{\"" + repeat("a.", 300) + "b\":1}"), "failed " + std::to_string(int(Code::DataJsonTooDeep)));
        QCOMPARE(result("{\".\":1}"), conflict);
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
