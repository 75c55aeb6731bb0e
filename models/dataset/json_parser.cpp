#include "models/dataset/json_parser.h"

#include "models/dataset/json_text.h"

namespace sealwright::dataset {

struct JsonParser::Builder {
    JsonParser& parser;
    PathNode place; // of the value that comes next
    std::uint32_t nameBegin = 0, nameEnd = 0;

    JsonNode& add(JsonKind kind, std::size_t begin) {
        // Filled in place: a copy made of narrow stores would stall on every node.
        JsonNode& node = parser.m_nodes.emplace_back();
        node.begin = std::uint32_t(begin);
        node.nameBegin = nameBegin;
        node.nameEnd = nameEnd;
        node.kind = kind;
        if (!parser.m_levels.empty())
            node.parent = parser.m_levels.back().node;
        node.path = parser.m_paths.id(place);
        nameBegin = nameEnd = 0;
        return node;
    }

    void open(JsonKind kind, std::size_t begin) {
        add(kind, begin);
        parser.m_levels.push_back({std::uint32_t(parser.m_nodes.size() - 1), place, place});
        if (kind == JsonKind::Array)
            place = parser.m_paths.element(place);
    }

    void close(std::size_t end) {
        JsonNode& node = parser.m_nodes[parser.m_levels.back().node];
        node.end = std::uint32_t(end);
        node.after = std::uint32_t(parser.m_nodes.size());
        if (node.after == parser.m_levels.back().node + 1)
            parser.m_paths.noteLeaf(node.path); // an empty container is a leaf
        parser.m_levels.pop_back();
        if (!parser.m_levels.empty() && parser.m_nodes[parser.m_levels.back().node].kind == JsonKind::Array)
            place = parser.m_paths.element(parser.m_levels.back().place);
    }

    bool name(std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        std::string_view content = parser.m_text.substr(begin + 1, end - begin - 2);
        if (escaped) {
            parser.m_name.clear();
            if (!unescapeJson(content, parser.m_name)) {
                fault = {Code::DataJsonLoneSurrogate, begin};
                return false;
            }
            content = parser.m_name;
        }
        Level& level = parser.m_levels.back();
        place = level.lastMember = parser.m_paths.member(level.place, content, level.lastMember);
        nameBegin = std::uint32_t(begin);
        nameEnd = std::uint32_t(end);
        return true;
    }

    bool scalar(JsonKind kind, std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        JsonNode& node = add(kind, begin);
        node.end = std::uint32_t(end);
        node.after = std::uint32_t(parser.m_nodes.size());
        node.escaped = escaped;
        if (parser.m_paths.noteLeaf(node.path))
            return true;
        fault = {Code::DataTooManyColumns, begin};
        return false;
    }
};

bool JsonParser::parse(PathNode root, unsigned depth, JsonFault& fault) {
    m_nodes.clear();
    m_levels.clear();
    Builder builder{*this, root};
    if (!walkJson(m_text.substr(0, m_own.end), m_own.begin, depth, builder, fault))
        return false;
    if (m_paths.full()) {
        fault = {Code::DataTooManyColumns, m_own.begin};
        return false;
    }
    return true;
}

Outcome<void> JsonParser::parseRecord(const Chunk& chunk, std::size_t index) {
    m_text = chunk.bytes;
    m_own = chunk.records[index];
    JsonFault fault;
    if (parse(PathTable::record, chunk.depth, fault))
        return {};
    Where where;
    where.record = chunk.firstRow + index;
    where.byte = chunk.offset + fault.at;
    return fail({fault.code, where});
}

Outcome<void> JsonParser::parseEnvelope(const Chunk& chunk) {
    m_joined.assign(chunk.before).append(chunk.bytes).append(chunk.after);
    m_text = m_joined;
    m_own = {0, std::uint32_t(m_joined.size())};
    JsonFault fault;
    const bool good = parse(PathTable::envelope, 0, fault);
    const std::size_t before = chunk.before.size();
    m_own = {std::uint32_t(before), std::uint32_t(before + chunk.bytes.size())};
    if (good)
        return {};
    Where where;
    where.byte = chunk.offset + std::min(std::max(fault.at, before) - before, chunk.bytes.size());
    return fail({fault.code, where});
}

Outcome<void> JsonParser::parseText(std::string_view text, unsigned depth) {
    m_text = text;
    m_own = {0, std::uint32_t(text.size())};
    JsonFault fault;
    if (parse(PathTable::record, depth, fault))
        return {};
    Where where;
    where.byte = fault.at;
    return fail({fault.code, where});
}

} // namespace sealwright::dataset
