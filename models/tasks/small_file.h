#pragma once
#include "models/domain/document.h"
#include "models/tasks/task.h"

namespace sealwright {

/// A document of at most `limit` bytes, whole. FileNotFound …, DocumentTooLarge. Blocks: never on the GUI thread.
Outcome<std::string> readSmallFile(const std::string& path, std::uint64_t limit = maxDocumentBytes);
/// Under a temporary name, synced, renamed. FileExists unless `replace`.
Outcome<Nothing> writeSmallFile(const std::string& path, std::string_view text, bool replace);

} // namespace sealwright
