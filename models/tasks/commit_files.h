#pragma once
#include "models/dataset/byte_source.h"

#include <vector>

namespace sealwright {

/// Gives several written files their names, all or none: all are synced first, and what a name held before is kept
/// aside, as `.sealwright-….part.before`, until the last has its own. On a failure, which is the one file's, every name
/// holds again what it held. A program that is killed in between leaves new and old, and what is aside.
Outcome<void> commitTogether(const std::vector<FileSink*>& files);

} // namespace sealwright
