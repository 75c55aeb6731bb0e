#pragma once
#include "models/dataset/json_reader.h"

namespace sealwright::dataset::testing {

/// One value that JsonReader showed, with its place among the others.
struct JsonNode : JsonValue {
    std::uint32_t parent = 0; ///< index; of the record itself 0
    std::uint32_t after = 0;  ///< index behind the last node of this value: its next sibling, where it has one
    bool partial = false;     ///< goes on in another chunk
};

/// Writes down all that JsonReader shows when everything is entered, in document order: nodes()[0] is the record.
class JsonParser {
public:
    explicit JsonParser(PathTable& paths) : m_reader(paths) {}

    Outcome<void> parseRecord(const Chunk& chunk, std::size_t index) {
        clear();
        return m_reader.readRecord(chunk, index, *this);
    }
    Outcome<void> parseEnvelope(const Chunk& chunk) {
        clear();
        if (auto joined = m_reader.joinEnvelope(chunk); !joined.ok())
            return joined;
        return m_reader.readEnvelope(chunk, *this);
    }
    Outcome<void> parseText(std::string_view text, unsigned depth = 0) {
        clear();
        return m_reader.readText(text, depth, *this);
    }

    std::string_view text() const { return m_reader.text(); }
    const std::vector<JsonNode>& nodes() const { return m_nodes; }
    bool isPartial(const JsonNode& node) const { return node.partial; }

    // As JsonReader asks for.
    Failure failure;
    bool enters(const JsonValue& value, bool, bool partial) {
        add(value).partial = partial;
        m_open.push_back(std::uint32_t(m_nodes.size() - 1));
        return true;
    }
    bool value(const JsonValue& value) {
        JsonNode& node = add(value);
        node.after = std::uint32_t(m_nodes.size());
        return true;
    }
    void leave() {
        JsonNode& node = m_nodes[m_open.back()];
        m_open.pop_back();
        node.after = std::uint32_t(m_nodes.size());
        // A container's end is not shown: it is behind its last child and white space.
        const JsonNode* last = nullptr;
        for (std::uint32_t child = std::uint32_t(&node - m_nodes.data()) + 1; child < node.after;
             child = m_nodes[child].after)
            last = &m_nodes[child];
        node.end = std::uint32_t(skipJsonSpace(text(), last != nullptr ? last->end : node.begin + 1) + 1);
    }

private:
    void clear() {
        m_nodes.clear();
        m_open.clear();
    }
    JsonNode& add(const JsonValue& value) {
        JsonNode& node = m_nodes.emplace_back();
        static_cast<JsonValue&>(node) = value;
        node.parent = m_open.empty() ? 0 : m_open.back();
        return node;
    }

    JsonReader m_reader;
    std::vector<JsonNode> m_nodes;
    std::vector<std::uint32_t> m_open;
};

} // namespace sealwright::dataset::testing
