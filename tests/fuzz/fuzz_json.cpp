#include "models/dataset/encoding.h"
#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"
#include "tests/fuzz/block_cases.h"
#include "tests/fuzz/target.h"

// JSON data in all its shapes: the first byte of an input chooses one.
namespace sealwright::fuzz {
namespace {

using namespace dataset;
using testing::JsonNode;
using testing::JsonParser;

/// What the parser calls a value of a kind is one, on its own too.
void everyValueIsOne(std::string_view text) {
    PathTable table;
    JsonParser parser(table);
    if (!parser.parseText(text).ok())
        return;
    must(isUtf8(text), "what is parsed is UTF-8");
    for (const JsonNode& node : parser.nodes()) {
        const std::string_view raw = node.raw(text);
        if (node.isContainer())
            must(isOneContainer(raw, maxJsonDepth), "a container is one");
        else if (node.kind == JsonKind::Number)
            must(isJsonNumber(raw), "a number is one");
        if (node.kind != JsonKind::String)
            continue;
        const std::string_view content = node.content(text);
        must(node.escaped ? isEscapedStringContent(content) : isPlainStringContent(content), "a string is one");
        std::string decoded, escaped;
        if (!unescapeJson(content, decoded))
            continue;
        escapeJson(decoded, escaped);
        must((escaped == content) == isLeastEscaped(content), "least escapes are told");
    }
}

void check(std::string_view input) {
    if (input.empty())
        return;
    Choices choices(input);
    const unsigned choice = choices.byte();
    const std::string text(choices.rest());
    Dialect dialect;
    if ((choice & 3) == 2)
        dialect.recordsAt = "a[]";
    if ((choice & 3) == 3)
        dialect.recordsAt = "a.b[]";
    sameInAnyBlocks(text, (choice & 3) == 1 ? MediaType::JsonLines : MediaType::Json, dialect, 1 + (choice >> 4));
    everyValueIsOne(text);
}

const Registered registered({"json", check, "{}[]\",:\\u0e-a. "});

} // namespace
} // namespace sealwright::fuzz
