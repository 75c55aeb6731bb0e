#pragma once
#include "models/domain/failure.h"

#include <string>
#include <string_view>

namespace sealwright::dataset {

/// Turns top-level names `a.b.c` of a record into nested objects (FORMAT.md §3). `record` is one JSON value with white
/// space around it; `depth` containers are open around it. True: `out` (cleared first) has the new record, without
/// white space. False: the record has no such name and stays as it is; `out` is empty. What JsonReader::readText() says
/// of its grammar, DataUnflattenConflict (facts: the name), DataJsonTooDeep, DataTooManyColumns, with the byte in
/// `record`. Memory: a third of the record's length where its members are as short as they can be, and what is made.
Outcome<bool> unflatten(std::string_view record, unsigned depth, std::string& out);

} // namespace sealwright::dataset
