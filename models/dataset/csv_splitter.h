#pragma once
#include "models/dataset/block_splitter.h"
#include "models/dataset/csv_head.h"
#include "models/dataset/csv_scanner.h"

namespace sealwright::dataset {

/// BOM, header, records.
class CsvSplitter : public BlockSplitter {
public:
    CsvSplitter(const ByteSource& source, const Dialect& dialect, const SplitOptions& options, const CsvHead& head)
        : BlockSplitter(source, options),
          m_bom(head.bom),
          m_header(head.header),
          m_scanner(dialect, options.blankLinesAreRecords.value_or(head.columns.single())) {}

protected:
    Outcome<Turn> give(Chunk& chunk) override {
        if (const std::size_t count = std::exchange(m_bom, 0); count > 0)
            return giveVerbatim(chunk, count);
        if (const std::size_t count = std::exchange(m_header, 0); count > 0) {
            const auto given = giveVerbatim(chunk, count);
            chunk.kind = Chunk::Kind::CsvHeader;
            return given;
        }
        const auto given = giveRecords(chunk, m_scanner);
        return given && *given == Turn::Nothing ? Turn::End : given;
    }

private:
    std::size_t m_bom, m_header;
    CsvScanner m_scanner;
};

} // namespace sealwright::dataset
