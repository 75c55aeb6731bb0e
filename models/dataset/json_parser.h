#pragma once
#include "models/dataset/json_grammar.h"

namespace sealwright::dataset {

/// Parses one record to a flat list of nodes. Every byte is held to RFC 8259 and UTF-8; a lone surrogate in a name is
/// an error, in a value it is left to who decodes it. No recursion; nothing is allocated once warm. One per worker; not
/// thread-safe.
class JsonParser {
public:
    /// The table outlives the parser.
    explicit JsonParser(PathTable& paths) : m_paths(paths) {}

    /// Record `index` of a Records chunk of JSON or JSON Lines. DataJsonSyntax, DataJsonNotUtf8, DataJsonLoneSurrogate,
    /// DataJsonTooDeep, DataTooManyColumns (more than 100,000 paths), with record and byte.
    Outcome<void> parseRecord(const Chunk& chunk, std::size_t index);
    /// An Envelope chunk: paths begin with `$.`; row 0.
    Outcome<void> parseEnvelope(const Chunk& chunk);
    /// Any text as a record, white space around it included. Bytes are counted from `text`'s beginning.
    Outcome<void> parseText(std::string_view text, unsigned depth = 0);

    /// What the nodes' offsets refer to: the chunk's bytes, the text, or an envelope with what completes it (then owned
    /// here, until the next parse).
    std::string_view text() const { return m_text; }
    /// The part of text() that belongs to the source: the record with its white space, or the envelope chunk's bytes.
    Span own() const { return m_own; }
    /// nodes()[0] is the record (or the envelope's outermost object).
    const std::vector<JsonNode>& nodes() const { return m_nodes; }
    /// An envelope's container that goes on in another chunk: the records' array and what is around it. It is walked,
    /// never taken as a value; it is never empty in truth.
    bool isPartial(const JsonNode& node) const { return node.begin < m_own.begin || node.end > m_own.end; }

private:
    struct Builder;
    struct Level {
        std::uint32_t node;
        PathNode place, lastMember;
    };
    bool parse(PathNode root, unsigned depth, JsonFault& fault);

    PathTable& m_paths;
    std::vector<JsonNode> m_nodes;
    std::vector<Level> m_levels;
    std::string_view m_text;
    Span m_own;
    std::string m_joined, m_name;
};

} // namespace sealwright::dataset
