#pragma once
#include "models/dataset/json_parser.h"

namespace sealwright::dataset {

/// Turns top-level names `a.b.c` of a parsed record into nested objects (FORMAT.md §3). True: `out` (cleared first) has
/// the new record, without white space. False: the record has no such name and stays as it is; `out` is empty.
/// DataUnflattenConflict (facts: the name) without place, DataJsonTooDeep.
Outcome<bool> unflatten(std::string_view text, const std::vector<JsonNode>& nodes, std::string& out);

} // namespace sealwright::dataset
