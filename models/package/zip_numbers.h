#pragma once
#include <cstddef>
#include <cstdint>

// Constants of the ZIP format (PKWARE APPNOTE 6.3).
namespace sealwright::package::zip {

inline constexpr std::uint32_t localMark = 0x04034b50, centralMark = 0x02014b50, endMark = 0x06054b50;
inline constexpr std::uint32_t end64Mark = 0x06064b50, locatorMark = 0x07064b50;
inline constexpr std::size_t localSize = 30, centralSize = 46, endSize = 22, end64Size = 56, locatorSize = 20;
inline constexpr std::uint64_t max16 = 0xffff, max32 = 0xffffffff;
inline constexpr std::uint16_t zip64Id = 1;
inline constexpr std::uint16_t utf8Flag = 0x0800;
inline constexpr std::uint16_t date1980 = 0x0021; ///< 1980-01-01

} // namespace sealwright::package::zip
