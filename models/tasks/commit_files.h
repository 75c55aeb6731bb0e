#pragma once
#include "models/dataset/byte_source.h"

#include <memory>
#include <string>
#include <vector>

// Files that belong together appear together or not at all.
namespace sealwright {

/// FileExists (where: the first) where one of them is there; empty names are passed over.
Outcome<void> refuseExisting(const std::vector<std::string>& targets);
/// A whole small file under its temporary name, to be committed.
Outcome<std::unique_ptr<FileSink>> documentFile(const std::string& target, const std::string& text, bool replace);

/// Gives several written files their names, all or none: all are synced first, and what a name held before is kept
/// aside, as `.sealwright-….part.before`, until the last has its own. On a failure, which is the one file's, every name
/// holds again what it held. A program that is killed in between leaves new and old, and what is aside.
Outcome<void> commitTogether(const std::vector<FileSink*>& files);

} // namespace sealwright
