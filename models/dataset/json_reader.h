#pragma once
#include "models/dataset/json_grammar.h"

#include <algorithm>
#include <utility>

namespace sealwright::dataset {

/// Reads a record from its first byte to its last and shows a visitor each value where it stands; nothing is kept of
/// what was read but the containers that are open, so that a record may hold any number of values. Every byte is held
/// to RFC 8259 and UTF-8; a lone surrogate in a name is an error, in a value it is left to who decodes it. What is
/// wrong comes to light when all before it has been shown. No recursion; nothing is allocated once warm. One per
/// worker; not thread-safe.
///
/// A visitor has
///     bool enters(const JsonValue&, bool empty, bool partial);  // a container, whose end is not known yet: walk it?
///     bool value(const JsonValue&);  // a scalar, or a container that was not entered; false: stop with its `failure`
///     void leave();                  // the end of a container that was entered
///     Failure failure;
/// `partial`: the records' array and what is around it, which go on in another chunk than this part of the envelope.
/// They are to be entered, and never empty in truth. Paths below a container that is not entered are not noted.
class JsonReader {
public:
    /// The table outlives the reader.
    explicit JsonReader(PathTable& paths) : m_paths(paths) {}

    /// Record `index` of a Records chunk of JSON or JSON Lines. DataJsonSyntax, DataJsonNotUtf8, DataJsonLoneSurrogate,
    /// DataJsonTooDeep, DataTooManyColumns (as PathTable says), with record and byte.
    template <class Visitor>
    Outcome<void> readRecord(const Chunk& chunk, std::size_t index, Visitor& visitor) {
        m_own = chunk.records[index];
        m_text = std::string_view(chunk.bytes).substr(0, m_own.end);
        m_from = m_own.begin;
        m_partial.clear();
        JsonFault fault;
        if (read(PathTable::record, chunk.depth, visitor, fault))
            return {};
        return m_stopped ? fail(visitor.failure) : refused(fault, chunk.firstRow + index, chunk.offset);
    }

    /// Makes an Envelope chunk with what completes it the text, and checks its grammar.
    Outcome<void> joinEnvelope(const Chunk& chunk);
    /// Reads what joinEnvelope() made of the chunk: paths begin with `$.`; row 0.
    template <class Visitor>
    Outcome<void> readEnvelope(const Chunk& chunk, Visitor& visitor) {
        JsonFault fault;
        if (read(PathTable::envelope, 0, visitor, fault))
            return {};
        return m_stopped ? fail(visitor.failure) : refusedEnvelope(fault, chunk);
    }

    /// Any text as a record, white space around it included. Bytes are counted from `text`'s beginning.
    template <class Visitor>
    Outcome<void> readText(std::string_view text, unsigned depth, Visitor& visitor) {
        m_text = text;
        m_own = {0, std::uint32_t(text.size())};
        m_from = 0;
        m_partial.clear();
        JsonFault fault;
        if (read(PathTable::record, depth, visitor, fault))
            return {};
        return m_stopped ? fail(visitor.failure) : refused(fault, std::nullopt, 0);
    }

    /// What offsets refer to: the chunk's bytes up to the record's end, the text, or an envelope with what completes it
    /// (then owned here, until the next call of one of these).
    std::string_view text() const { return m_text; }
    /// The part of text() that belongs to the source: the record with its white space, or the envelope chunk's bytes.
    Span own() const { return m_own; }

    /// Gives back what a long envelope or name took.
    void settle();

private:
    template <class Visitor>
    struct Events;
    struct Level {
        PathNode place, lastMember;
        bool array;
    };

    template <class Visitor>
    bool read(PathNode root, unsigned depth, Visitor& visitor, JsonFault& fault);
    bool decodeName(std::size_t begin, std::size_t end, bool escaped, std::string_view& name, JsonFault& fault);
    bool tooMany(JsonFault& fault) const {
        fault = {Code::DataTooManyColumns, m_own.begin};
        return false;
    }
    static Err<Failure> refused(const JsonFault& fault, std::optional<std::uint64_t> record, std::uint64_t base);
    static Err<Failure> refusedEnvelope(const JsonFault& fault, const Chunk& chunk);

    PathTable& m_paths;
    std::vector<Level> m_levels;
    std::vector<std::uint32_t> m_partial; ///< where the envelope's containers begin that go on in another chunk
    std::string_view m_text;
    Span m_own;
    std::size_t m_from = 0; ///< where reading begins in m_text; it ends at its end
    bool m_stopped = false;
    std::string m_joined, m_name;
};

/// Turns the grammar's events into values with paths.
template <class Visitor>
struct JsonReader::Events {
    JsonReader& reader;
    Visitor& visitor;
    PathNode place;          ///< of the value that comes next
    JsonValue next;          ///< its name
    JsonValue whole;         ///< a container that is not entered
    unsigned openInside = 0; ///< containers open in it and itself; 0: there is none

    JsonValue take(JsonKind kind, std::size_t begin, std::size_t end) {
        JsonValue value;
        value.begin = std::uint32_t(begin);
        value.end = std::uint32_t(end);
        value.nameBegin = std::exchange(next.nameBegin, 0);
        value.nameEnd = std::exchange(next.nameEnd, 0);
        value.path = reader.m_paths.id(place);
        value.kind = kind;
        return value;
    }

    bool show(const JsonValue& value) {
        if (visitor.value(value))
            return true;
        reader.m_stopped = true;
        return false;
    }

    /// The place of what comes next in an array; in an object its name will say.
    bool onward(JsonFault& fault) {
        if (reader.m_levels.empty() || !reader.m_levels.back().array)
            return true;
        place = reader.m_paths.element(reader.m_levels.back().place);
        return !reader.m_paths.full() || reader.tooMany(fault);
    }

    bool open(JsonKind kind, std::size_t begin, bool empty, JsonFault& fault) {
        if (openInside != 0) {
            ++openInside;
            return true;
        }
        const JsonValue value = take(kind, begin, begin);
        if (empty && !reader.m_paths.noteLeaf(value.path))
            return reader.tooMany(fault);
        const auto& partial = reader.m_partial;
        const bool goesOn = !partial.empty() && std::find(partial.begin(), partial.end(), begin) != partial.end();
        if (!visitor.enters(value, empty, goesOn)) {
            if (!empty && !reader.m_paths.noteLeaf(value.path))
                return reader.tooMany(fault);
            whole = value;
            openInside = 1;
            return true;
        }
        reader.m_levels.push_back({place, place, kind == JsonKind::Array});
        return empty || onward(fault);
    }

    bool close(std::size_t end, JsonFault& fault) {
        if (openInside > 1) {
            --openInside;
            return true;
        }
        if (openInside == 1) {
            openInside = 0;
            whole.end = std::uint32_t(end);
            if (!show(whole))
                return false;
        } else {
            reader.m_levels.pop_back();
            visitor.leave();
        }
        return onward(fault);
    }

    bool name(std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        std::string_view content;
        if (!reader.decodeName(begin, end, escaped, content, fault))
            return false;
        if (openInside != 0)
            return true;
        Level& level = reader.m_levels.back();
        place = level.lastMember = reader.m_paths.member(level.place, content, level.lastMember);
        next.nameBegin = std::uint32_t(begin);
        next.nameEnd = std::uint32_t(end);
        return !reader.m_paths.full() || reader.tooMany(fault);
    }

    bool scalar(JsonKind kind, std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        if (openInside != 0)
            return true;
        JsonValue value = take(kind, begin, end);
        value.escaped = escaped;
        if (!reader.m_paths.noteLeaf(value.path)) {
            fault = {Code::DataTooManyColumns, begin};
            return false;
        }
        return show(value);
    }
};

template <class Visitor>
bool JsonReader::read(PathNode root, unsigned depth, Visitor& visitor, JsonFault& fault) {
    m_levels.clear();
    m_stopped = false;
    if (m_paths.full())
        return tooMany(fault);
    Events<Visitor> events{*this, visitor, root, {}, {}};
    return walkJson(m_text, m_from, depth, events, fault);
}

} // namespace sealwright::dataset
