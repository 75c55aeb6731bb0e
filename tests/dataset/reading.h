#pragma once
#include "models/dataset/csv_columns.h"
#include "models/dataset/csv_reader.h"
#include "models/dataset/splitter.h"
#include "tests/support/json_tape.h"

#include <unordered_set>

namespace sealwright::dataset::testing {

/// Everything that reading a source says, in one text that two runs can be compared by: each record with its row and
/// its fields, envelope values, and the failure that ends it. The chunks' bytes come beside it.
struct Reading {
    std::string story, bytes;
    std::optional<Failure> failure;
    std::vector<std::string> paths; ///< leaves in order of first appearance
    std::uint64_t rows = 0, chunks = 0;
};

inline std::string placeOf(const Failure& failure) {
    const auto number = [](const std::optional<std::uint64_t>& value) {
        return value ? std::to_string(*value) : std::string("-");
    };
    return std::to_string(int(failure.code)) + " record " + number(failure.where.record) + " byte " +
           number(failure.where.byte);
}

class StoryTeller {
public:
    StoryTeller(MediaType type, const Dialect& dialect, const CsvColumns& columns, bool blankLines)
        : m_type(type),
          m_columns(columns),
          m_reader(dialect, blankLines),
          m_parser(m_table),
          m_noted(columns.paths.begin(), columns.paths.end()) {}

    /// False where the chunk is refused.
    bool tell(const Chunk& chunk, Reading& out) {
        if (m_type == MediaType::Csv)
            return chunk.kind == Chunk::Kind::Verbatim || csv(chunk, out);
        if (chunk.kind == Chunk::Kind::Envelope)
            return took(m_parser.parseEnvelope(chunk), out, "envelope");
        for (std::size_t i = 0; i < chunk.records.size(); ++i) {
            if (!took(m_parser.parseRecord(chunk, i), out, std::to_string(chunk.firstRow + i)))
                return false;
        }
        return true;
    }

private:
    bool csv(const Chunk& chunk, Reading& out) {
        m_reader.start(chunk);
        for (;;) {
            const auto step = m_reader.next();
            if (step == CsvReader::Step::Failed)
                out.failure = m_reader.failure();
            if (step != CsvReader::Step::Record)
                return step == CsvReader::Step::End;
            if (chunk.kind == Chunk::Kind::CsvHeader)
                continue;
            out.story += "row " + std::to_string(m_reader.row()) + "\n";
            std::size_t column = 0;
            for (const CsvField& field : m_reader.fields()) {
                out.story += std::string(field.quoted ? "  quoted " : "  plain ") + (field.doubled ? "doubled " : "");
                out.story.append(field.body(chunk.bytes)).append("\n");
                note(column < m_columns.paths.size() ? m_columns.paths[column] : csvPositionPath(column), out);
                ++column;
            }
        }
    }

    bool took(const Outcome<void>& parsed, Reading& out, const std::string& what) {
        if (!parsed) {
            out.failure = parsed.error();
            return false;
        }
        out.story += what + "\n";
        for (const JsonNode& node : m_parser.nodes()) {
            const bool leaf = !node.isContainer() || node.after == std::uint32_t(&node - m_parser.nodes().data()) + 1;
            const bool record = &node == m_parser.nodes().data() && node.isContainer();
            if (!leaf || record || m_parser.isPartial(node))
                continue;
            out.story += "  " + m_table.text(node.path) + " = " + std::string(node.raw(m_parser.text())) + "\n";
            note(m_table.text(node.path), out);
        }
        return true;
    }

    void note(const std::string& path, Reading& out) {
        if (m_noted.insert(path).second)
            out.paths.push_back(path);
    }

    MediaType m_type;
    const CsvColumns& m_columns;
    CsvReader m_reader;
    PathTable m_table;
    JsonParser m_parser;
    std::unordered_set<std::string> m_noted;
};

inline Reading readAll(const ByteSource& source, MediaType type, const Dialect& dialect,
                       const SplitOptions& options = {}) {
    Reading out;
    CsvColumns columns;
    if (type == MediaType::Csv) {
        auto read = readCsvColumns(source, dialect);
        if (!read) {
            out.failure = read.error();
            return out;
        }
        columns = *read;
        out.paths = columns.paths;
    }
    auto splitter = RecordSplitter::open(source, type, dialect, options);
    if (!splitter) {
        out.failure = splitter.error();
        return out;
    }
    StoryTeller teller(type, dialect, columns, options.blankLinesAreRecords.value_or(columns.single()));
    for (Chunk chunk;;) {
        const auto more = (*splitter)->next(chunk);
        if (!more)
            out.failure = more.error();
        if (!more || !*more)
            return out;
        const std::uint64_t before = out.rows;
        const bool inOrder =
            chunk.sequence == out.chunks++ && chunk.offset == out.bytes.size() && chunk.firstRow == before;
        if (!inOrder)
            out.story += "chunk out of order\n";
        out.bytes += chunk.bytes;
        out.rows += chunk.rows;
        if (!teller.tell(chunk, out))
            return out;
    }
}

} // namespace sealwright::dataset::testing
