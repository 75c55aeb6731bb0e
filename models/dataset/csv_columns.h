#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/dialect.h"

#include <vector>

namespace sealwright::dataset {

inline constexpr std::size_t maxColumns = 100'000; ///< FORMAT.md §9

/// The path of a column by its position, from 0: "#1" for 0.
std::string csvPositionPath(std::size_t index);

/// A CSV's columns: their paths in order (FORMAT.md §4). Fields beyond the last have csvPositionPath().
struct CsvColumns {
    std::vector<std::string> paths; ///< never empty
    bool single() const { return paths.size() == 1; }
};

/// Reads the header, or without one the first line that has bytes. DataHeaderUndecodable, DataTooManyColumns,
/// DataCsvUnclosedQuote, DataCsvTextAfterQuote, DataRecordTooLong, DataEncodingUnsupported, DataEncodingUtf16.
Outcome<CsvColumns> readCsvColumns(const ByteSource& source, const Dialect& dialect);

} // namespace sealwright::dataset
