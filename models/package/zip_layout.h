#pragma once
#include "models/package/positional_file.h"

#include <vector>

// The ZIP of FORMAT.md §6: every entry stored, all parts touching, nothing that two readers could see differently.
namespace sealwright::package {

struct ZipEntry {
    std::string name; ///< ASCII
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    std::uint64_t headerOffset = 0;
    std::uint64_t dataOffset = 0;
    bool zip64 = false; ///< set by place() where the size asks for it, or before, where the size is not yet known
};

inline constexpr std::string_view mimetypeName = "mimetype";
inline constexpr std::string_view mimetype = "application/vnd.sealwright.sealed+zip";
inline constexpr std::string_view indexName = "index";
inline constexpr std::string_view manifestName = "manifest.json";
inline constexpr std::string_view signatureName = "manifest.jws";
std::string payloadName(std::size_t number); ///< from 1

/// How long an entry's local header will be.
std::uint64_t localHeaderSize(std::string_view name, bool zip64);
bool needsZip64(std::uint64_t size);
/// Places `entry` right at `offset`; gives where the next one begins.
std::uint64_t place(ZipEntry& entry, std::uint64_t offset);
std::string localHeader(const ZipEntry& entry);
/// Central directory and end of the file; `offset` is where it will stand.
std::string centralDirectory(const std::vector<ZipEntry>& entries, std::uint64_t offset);

/// The entries of a package in their order, everything that §6 says of headers compared; contents and CRCs are the
/// caller's. PackageLayout (facts: the entry's name, or the part of the file).
Outcome<std::vector<ZipEntry>> readLayout(const PositionalFile& file);

} // namespace sealwright::package
