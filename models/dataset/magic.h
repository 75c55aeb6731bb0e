#pragma once
#include "models/dataset/byte_source.h"

#include <optional>

namespace sealwright::dataset {

/// Up to `count` bytes at `offset`.
Outcome<std::string> readBytes(const ByteSource& source, std::uint64_t offset, std::size_t count);

/// UTF-16 or UTF-32, by a BOM or by where the zero bytes stand?
bool looksLikeUtf16(std::string_view begin);

/// What a file that is no text looks like: "spreadsheet", "zip", "pdf", "png", "parquet" … "binary"; nothing for text.
Outcome<std::optional<std::string>> binaryKind(const ByteSource& source, std::string_view begin);

} // namespace sealwright::dataset
