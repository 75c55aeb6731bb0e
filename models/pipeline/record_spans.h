#pragma once
#include "models/dataset/chunk.h"

namespace sealwright::pipeline {

/// Where the records stand in a chunk of JSON that was split before and is read again. The bytes are known to be
/// records with commas (JSON) or line ends (JSON Lines) and white space between them; what is wrong inside a record is
/// the parser's to find.
std::vector<dataset::Span> recordSpans(std::string_view bytes, bool lines);

} // namespace sealwright::pipeline
