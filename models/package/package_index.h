#pragma once
#include "models/package/package.h"

// The package's list of files (FORMAT.md §6). A file's payload is named by its number, from 1; 0 is an empty folder.
namespace sealwright::package {

struct IndexFile {
    PackageEntry entry;
    std::size_t payload = 0;
};

inline constexpr std::size_t maxFiles = 1'000'000;
inline constexpr std::size_t maxIndexBytes = std::size_t{64} << 20;

/// The pair of paths that cannot stand side by side (equal but for case, or one a folder of the other), or nothing.
std::optional<std::pair<std::string, std::string>> collision(const std::vector<IndexFile>& files);

std::string writeIndex(const std::vector<IndexFile>& files);
/// Checked whole: grammar, paths, collisions, and that payloads 1 … `payloads` belong to one file each. DocumentInvalid
/// (facts: member), PackageUnsafePath (facts: path, and the one it collides with).
Outcome<std::vector<IndexFile>> readIndex(std::string_view text, std::size_t payloads);

} // namespace sealwright::package
