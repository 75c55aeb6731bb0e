#pragma once
#include "models/dataset/byte_mask.h"
#include "models/dataset/chunk.h"
#include "models/domain/dialect.h"

#include <span>

namespace sealwright::dataset {

/// One field as it is written, quotes included: offsets into the chunk's bytes.
struct CsvField {
    std::uint32_t begin = 0, end = 0;
    bool quoted = false;
    bool doubled = false; ///< quoted, and holds a doubled quote
    /// What a token's body is made of; where `doubled`, with undoubleQuotes() applied.
    std::string_view body(std::string_view bytes) const {
        return quoted ? bytes.substr(begin + 1u, end - begin - 2u) : bytes.substr(begin, end - begin);
    }
};

/// Goes through the records of a CsvHeader or Records chunk (FORMAT.md §4). Nothing is copied, and nothing allocated
/// once warm. Ragged rows are fine. One per worker; not thread-safe.
class CsvReader {
public:
    CsvReader(const Dialect& dialect, bool blankLinesAreRecords);

    /// The chunk must live and stay unchanged while it is read.
    void start(const Chunk& chunk);

    enum class Step { Record, End, Failed };
    /// Failed: DataCsvUnclosedQuote, DataCsvTextAfterQuote, DataTooManyColumns, with record (none in a header) and
    /// byte, in failure().
    Step next();

    std::span<const CsvField> fields() const { return {m_fields.data(), m_count}; } ///< of this record, at least one
    Span record() const { return {m_fields[0].begin, m_fields[m_count - 1].end}; }  ///< without its line end
    std::uint64_t row() const { return m_row - 1; }
    const Failure& failure() const { return m_failure; }

private:
    Step failAt(Code code, std::size_t at);
    bool readQuoted(CsvField& field);
    std::size_t nextSpecial();
    void seek(std::size_t at);
    void loadMask();

    std::vector<CsvField> m_fields;
    std::size_t m_count = 0;
    std::string_view m_bytes;
    std::size_t m_at = 0;       // where the next record may begin
    std::size_t m_maskBase = 0; // multiple of 64
    std::uint64_t m_mask = 0;   // special bytes at or behind the cursor in this block
    std::uint64_t m_row = 0, m_offset = 0;
    Chunk::Kind m_kind = Chunk::Kind::Records;
    Failure m_failure;
    char m_delimiter;
    bool m_quoting, m_blankLinesAreRecords;
};

} // namespace sealwright::dataset
