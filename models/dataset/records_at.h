#pragma once
#include "models/dataset/byte_source.h"

#include <optional>
#include <string>

namespace sealwright::dataset {

/// The path of the records' array that a JSON document has by itself (FORMAT.md §4): of the first member of the
/// outermost object whose value is an array that starts with an object, `link` and `links` passed over: "entry[]".
/// Nothing where the document is an array, has no such member, or is no JSON object. Reads as far as needed, with
/// little memory.
Outcome<std::optional<std::string>> findRecordsAt(const ByteSource& source);

} // namespace sealwright::dataset
