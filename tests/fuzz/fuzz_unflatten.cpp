#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"
#include "models/dataset/unflatten.h"
#include "tests/fuzz/target.h"
#include "tests/support/json_tape.h"

#include <algorithm>

// Records whose names are taken apart: no value may be lost, doubled or moved.
namespace sealwright::fuzz {
namespace {

using namespace dataset;
using testing::JsonNode;
using testing::JsonParser;

std::string nameOf(std::string_view text, const JsonNode& node) {
    std::string name;
    unescapeJson(text.substr(node.nameBegin + 1u, node.nameEnd - node.nameBegin - 2u), name);
    return name;
}

std::size_t extended(std::size_t sum, std::string_view text) {
    for (const char c : text)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return sum;
}

/// A value's bytes but for the white space between them.
std::size_t compactSum(std::string_view raw, std::size_t sum) {
    bool inString = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (!inString && isJsonSpace(raw[i]))
            continue;
        sum = extended(sum, raw.substr(i, 1));
        if (inString && raw[i] == '\\')
            sum = extended(sum, raw.substr(++i, 1));
        else if (raw[i] == '"')
            inString = !inString;
    }
    return sum;
}

/// One number a leaf, of all names that lead to it, joined by dots, and of its value; in no order.
std::vector<std::size_t> leavesOf(std::string_view text, const std::vector<JsonNode>& nodes) {
    std::vector<std::size_t> paths(nodes.size()), leaves;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const JsonNode& node = nodes[i];
        if (i > 0)
            paths[i] = node.parent == 0 ? 0 : extended(paths[node.parent], ".");
        paths[i] = extended(paths[i], node.isMember() ? nameOf(text, node) : "[]");
        if (!node.isContainer() || node.after == i + 1)
            leaves.push_back(compactSum(node.raw(text), paths[i]));
    }
    std::sort(leaves.begin(), leaves.end());
    return leaves;
}

bool hasDottedName(std::string_view text, const std::vector<JsonNode>& nodes) {
    for (std::uint32_t node = 1; nodes[0].kind == JsonKind::Object && node < nodes[0].after; node = nodes[node].after)
        if (nameOf(text, nodes[node]).find('.') != std::string::npos)
            return true;
    return false;
}

void check(std::string_view text) {
    PathTable table, tableBehind;
    JsonParser parser(table), behind(tableBehind);
    const auto before = parser.parseText(text);
    std::string nested;
    const auto changed = unflatten(text, 0, nested);
    if (!before) {
        const bool paths = before.error().code == Code::DataTooManyColumns;
        must(paths || (!changed && changed.error().code == before.error().code &&
                       changed.error().where.byte == before.error().where.byte),
             "what is wrong with a record is said alike");
        return;
    }
    if (!changed) {
        must(changed.error().code == Code::DataUnflattenConflict || changed.error().code == Code::DataJsonTooDeep,
             "refused for one of two reasons");
        return;
    }
    must(*changed == hasDottedName(text, parser.nodes()), "a record changes where a name has a dot");
    if (!*changed) {
        must(nested.empty(), "what does not change is not written");
        return;
    }
    const auto parsed = behind.parseText(nested);
    if (!parsed) {
        must(parsed.error().code == Code::DataJsonTooDeep, "what was unflattened is JSON");
        return;
    }
    must(leavesOf(text, parser.nodes()) == leavesOf(nested, behind.nodes()), "every leaf is there once");
    std::string again;
    const auto twice = unflatten(nested, 0, again);
    must(twice && !*twice, "no dotted name is left");
}

const Registered registered({"unflatten", check, "{}[]\",:\\.ae1 "});

} // namespace
} // namespace sealwright::fuzz
