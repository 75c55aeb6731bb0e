#include "crypto/base/control_json.h"
#include "models/dataset/json_text.h"
#include "tests/fuzz/target.h"
#include "tests/support/json_tape.h"

#include <set>

// The parser of control documents, against the parser of data, which is another one: they may differ only where
// FORMAT.md says so.
namespace sealwright::fuzz {
namespace {

using crypto::parseControlJson;
using crypto::writeControlJson;
using namespace dataset;
using testing::JsonNode;
using testing::JsonParser;

/// Does data hold what a control document may not: two members of one name, or a lone surrogate?
bool holdsMore(std::string_view text, const std::vector<JsonNode>& nodes) {
    std::set<std::pair<std::uint32_t, std::string>> names;
    for (const JsonNode& node : nodes) {
        std::string decoded;
        if (node.kind == JsonKind::String && !unescapeJson(node.content(text), decoded))
            return true;
        if (!node.isMember())
            continue;
        decoded.clear();
        unescapeJson(text.substr(node.nameBegin + 1u, node.nameEnd - node.nameBegin - 2u), decoded);
        if (!names.emplace(node.parent, std::move(decoded)).second)
            return true;
    }
    return false;
}

void check(std::string_view text) {
    const std::size_t most = std::size_t{1} << 20;
    const auto read = parseControlJson(text);
    PathTable paths;
    JsonParser data(paths);
    const auto asData = data.parseText(text);
    const bool manyPaths = !asData && asData.error().code == Code::DataTooManyColumns;
    if (!read) {
        must(!asData || text.size() > most || holdsMore(text, data.nodes()), "nothing else is refused");
        return;
    }
    must(text.size() <= most, "too long a document is refused");
    must(asData || manyPaths, "a control document is JSON");
    must(!asData || !holdsMore(text, data.nodes()), "equal names and lone surrogates are refused");
    const std::string written = writeControlJson(*read);
    must(written.size() <= text.size(), "nothing shorter says the same");
    const auto again = parseControlJson(written);
    must(again && *again == *read, "what is written is read as what it was");
    must(writeControlJson(*again) == written, "there is one way to write it");
}

const Registered registered({"control_json", check, "{}[]\",:\\u0ed-1a. "});

} // namespace
} // namespace sealwright::fuzz
