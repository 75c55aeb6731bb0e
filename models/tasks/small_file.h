#pragma once
#include "models/domain/failure.h"
#include "models/tasks/task.h"

namespace sealwright {

/// A document of at most 1 MiB, whole. FileNotFound …, DocumentTooLarge. Blocks: never on the GUI thread.
Outcome<std::string> readSmallFile(const std::string& path);
/// Under a temporary name, synced, renamed. FileExists unless `replace`.
Outcome<Nothing> writeSmallFile(const std::string& path, std::string_view text, bool replace);

} // namespace sealwright
