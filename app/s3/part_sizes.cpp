#include "app/s3/part_sizes.h"

#include <algorithm>

namespace sealwright::s3 {

std::uint64_t partSize(std::uint64_t total, std::uint64_t rate) {
    constexpr std::uint64_t mebibyte = 1u << 20;
    constexpr std::uint64_t least = 5 * mebibyte, usual = 16 * mebibyte, most = 64 * mebibyte;
    constexpr std::uint64_t parts = 9000, seconds = 2;
    const auto whole = [](std::uint64_t bytes) { return (bytes + mebibyte - 1) / mebibyte * mebibyte; };
    const std::uint64_t fitting = rate == 0 ? usual : std::clamp(whole(rate / parallelParts * seconds), least, most);
    return std::max(fitting, whole((total + parts - 1) / parts));
}

} // namespace sealwright::s3
