#pragma once
#include <string>
#include <vector>

namespace sealwright::dataset {

using CsvRows = std::vector<std::vector<std::string>>;

/// Is the first of these rows a header? A header leaves readable, so it is one only where there is evidence for it in
/// at least half of the columns that tell, and nothing against it. For it: a word above numbers, dates, addresses or
/// ids; a word that columns are called by above values that are no such words; an identifier above values that are
/// none; a text above values that all come again and never equal it. Against it: a date, an address, an id or a number
/// that could be a value (a year could not) above more of its kind; a cell that comes again below it.
/// Where there is no row at all nothing can leak, and the answer is yes.
bool looksLikeHeader(const CsvRows& rows);

} // namespace sealwright::dataset
