#pragma once
#include "models/dataset/csv_columns.h"

namespace sealwright::dataset {

/// Where a CSV's records begin, and its columns.
struct CsvHead {
    std::size_t bom = 0;    ///< bytes of a BOM
    std::size_t header = 0; ///< bytes of the header line with its line end
    CsvColumns columns;
};

/// As readCsvColumns().
Outcome<CsvHead> readCsvHead(const ByteSource& source, const Dialect& dialect, std::size_t maxRecord);

} // namespace sealwright::dataset
