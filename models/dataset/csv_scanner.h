#pragma once
#include "models/dataset/record_scanner.h"
#include "models/domain/dialect.h"

namespace sealwright::dataset {

/// Lines of a CSV, quotes honoured (FORMAT.md §4). Text after a closing quote is gone over: CsvReader refuses it.
class CsvScanner : public RecordScanner {
public:
    CsvScanner(const Dialect& dialect, bool blankLinesAreRecords)
        : m_delimiter(dialect.delimiter), m_quoting(dialect.quoting), m_countBlank(blankLinesAreRecords) {}
    void scan(Chunk& chunk, bool last) override;
    void restart() override;

private:
    bool scanQuoted(std::string_view bytes, bool last);
    bool scanPlain(std::string_view bytes, bool last);
    bool take(std::string_view bytes, std::size_t at, bool last);
    void endLine(std::size_t end, std::size_t next);

    char m_delimiter;
    bool m_quoting, m_countBlank;
    bool m_inQuotes = false;
    std::uint64_t m_rows = 0;
};

} // namespace sealwright::dataset
