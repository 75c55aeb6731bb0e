#include "models/dataset/json_splitter.h"

#include "models/dataset/json_text.h"
#include "models/dataset/records_finder.h"

namespace sealwright::dataset {

Outcome<BlockSplitter::Turn> JsonLinesSplitter::give(Chunk& chunk) {
    if (!std::exchange(m_begun, true))
        return giveBom(chunk);
    const auto given = giveRecords(chunk, m_scanner);
    return given && *given == Turn::Nothing ? Turn::End : given;
}

Outcome<BlockSplitter::Turn> JsonSplitter::give(Chunk& chunk) {
    switch (m_part) {
    case Part::Bom:
        m_part = Part::Begin;
        return giveBom(chunk);
    case Part::Begin:
        return giveBegin(chunk);
    case Part::Head:
        return giveHead(chunk);
    case Part::Whole:
        return giveWhole(chunk);
    case Part::Elements:
        return giveElements(chunk);
    case Part::Tail:
        return giveTail(chunk);
    case Part::Close:
        return giveClose(chunk);
    case Part::Done:
        break;
    }
    return Turn::End;
}

/// White space before the document, and an array's bracket.
Outcome<BlockSplitter::Turn> JsonSplitter::giveBegin(Chunk& chunk) {
    const auto more = fill(chunk);
    if (!more)
        return more.failed();
    if (!*more)
        return failAt(Code::DataJsonSyntax, m_offset);
    const std::size_t first = skipJsonSpace(chunk.bytes, 0);
    if (first == chunk.bytes.size())
        return Turn::Gave;
    const char c = chunk.bytes[first];
    if (!m_path.empty() && c != '{')
        return fail(whyNoRecords(chunk));
    const bool array = c == '[';
    m_part = array ? Part::Elements : m_path.empty() ? Part::Whole : Part::Head;
    cut(chunk, array ? first + 1 : first);
    return chunk.bytes.empty() ? Turn::Nothing : Turn::Gave;
}

Outcome<BlockSplitter::Turn> JsonSplitter::giveWhole(Chunk& chunk) {
    if (auto taken = takeRest(chunk); !taken)
        return taken.failed();
    chunk.kind = Chunk::Kind::Records;
    chunk.rows = 1;
    chunk.records.push_back({0, std::uint32_t(chunk.bytes.size())});
    m_part = Part::Done;
    return Turn::Gave;
}

Failure JsonSplitter::whyNoRecords(const Chunk& chunk) const {
    JsonFault fault;
    if (!isJsonText(chunk.bytes, fault) && chunk.bytes[skipJsonSpace(chunk.bytes, 0)] == '{') {
        Where where;
        where.byte = m_offset + fault.at;
        return {fault.code, where};
    }
    return {Code::DataJsonNoRecords, {m_recordsAt}};
}

/// The object up to the bracket behind which the records stand.
Outcome<BlockSplitter::Turn> JsonSplitter::giveHead(Chunk& chunk) {
    RecordsFinder finder(m_path);
    auto state = RecordsFinder::State::Looking;
    for (std::size_t seen = 0; state == RecordsFinder::State::Looking; seen = chunk.bytes.size()) {
        const auto more = fill(chunk);
        if (!more)
            return more.failed();
        state = finder.feed(std::string_view(chunk.bytes).substr(seen));
        const std::uint64_t length =
            state == RecordsFinder::State::Found ? finder.position() : std::uint64_t(chunk.bytes.size());
        if (length > m_maxRecord)
            return failAt(Code::DataRecordTooLong, m_offset);
        if (!*more && state == RecordsFinder::State::Looking)
            state = RecordsFinder::State::NotThere;
    }
    if (state == RecordsFinder::State::NotThere) {
        if (auto taken = takeRest(chunk); !taken)
            return taken.failed();
        return fail(whyNoRecords(chunk));
    }
    cut(chunk, std::size_t(finder.position()));
    chunk.kind = Chunk::Kind::Envelope;
    chunk.after.assign(1, ']');
    for (const std::string& name : finder.rawNames()) {
        m_openers.append("{\"").append(name).append("\":");
        chunk.after += '}';
    }
    m_openers += '[';
    m_part = Part::Elements;
    return Turn::Gave;
}

Outcome<BlockSplitter::Turn> JsonSplitter::giveElements(Chunk& chunk) {
    const auto given = giveRecords(chunk, m_scanner);
    chunk.depth = unsigned(m_path.size()) + 1;
    const bool over = m_scanner.finished() || (given && *given == Turn::Nothing);
    if (given && over)
        m_part = m_path.empty() ? Part::Close : Part::Tail;
    return given;
}

/// The object from the bracket that closes the records on.
Outcome<BlockSplitter::Turn> JsonSplitter::giveTail(Chunk& chunk) {
    if (auto taken = takeRest(chunk); !taken)
        return taken.failed();
    chunk.kind = Chunk::Kind::Envelope;
    chunk.before = m_openers;
    m_part = Part::Done;
    return Turn::Gave;
}

/// The bracket that closes the array of records, and white space.
Outcome<BlockSplitter::Turn> JsonSplitter::giveClose(Chunk& chunk) {
    const auto more = fill(chunk);
    if (!more)
        return more.failed();
    if (!*more && m_bracketSeen)
        return Turn::End;
    const std::size_t bracket = m_bracketSeen ? 0 : 1;
    if (!m_bracketSeen && (!*more || chunk.bytes.front() != ']'))
        return failAt(Code::DataJsonSyntax, m_offset);
    m_bracketSeen = true;
    const std::size_t end = skipJsonSpace(chunk.bytes, bracket);
    if (end < chunk.bytes.size())
        return failAt(faultAt(chunk.bytes, end).code, m_offset + end);
    return Turn::Gave;
}

Outcome<std::vector<std::string>> recordsPath(std::string_view recordsAt) {
    const auto refuse = [&] { return fail(Failure(Code::DataJsonNoRecords, {std::string(recordsAt)})); };
    if (recordsAt.size() < 2 || recordsAt.substr(recordsAt.size() - 2) != "[]")
        return refuse();
    std::vector<std::string> names(1);
    for (std::size_t i = 0; i + 2 < recordsAt.size(); ++i) {
        const char c = recordsAt[i];
        const bool firstOfName = names.back().empty() && (i == 0 || recordsAt[i - 1] == '.');
        if (c == '\\') {
            // A backslash that escapes the bracket at the end leaves no `[]`.
            if (i + 3 >= recordsAt.size())
                return refuse();
            names.back() += recordsAt[++i];
        } else if (c == '.') {
            names.emplace_back();
        } else if (c == '[' || (firstOfName && (c == '#' || c == '$'))) {
            return refuse();
        } else {
            names.back() += c;
        }
    }
    return names;
}

} // namespace sealwright::dataset
