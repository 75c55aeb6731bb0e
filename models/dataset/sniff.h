#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/dialect.h"

namespace sealwright::dataset {

struct Sniffed {
    MediaType mediaType = MediaType::Csv;
    Dialect dialect;
};

/// Media type and dialect from the name's ending and the first bytes; what `wish` sets is taken as it is. A
/// spreadsheet, an image or any other binary is DataMediaTypeUnknown (facts: what it looks like); UTF-16 and UTF-32 are
/// DataEncodingUtf16. `recordsAt` of a JSON object is found by reading as far as needed (FORMAT.md §4).
Outcome<Sniffed> sniff(const ByteSource& source, const DialectWish& wish);

/// A spreadsheet by its content (XLSX, XLS, ODS)?
bool looksLikeSpreadsheet(const ByteSource& source);

} // namespace sealwright::dataset
