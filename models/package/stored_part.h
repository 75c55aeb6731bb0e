#pragma once
#include "crypto/stream/digest.h"
#include "crypto/stream/segments.h"

#include <cstdint>
#include <span>

// What is counted of a stored part: one hash and one CRC a block, made by whoever has the block, folded at the end.
namespace sealwright::package {

struct BlockSum {
    crypto::Sha256Digest hash{};
    std::uint32_t crc = 0;
};

BlockSum sumOf(ByteView block);

struct PartSum {
    std::string digest; ///< of FORMAT.md §5
    std::uint32_t crc = 0;
};

/// `size` is the part's; all blocks but the last have crypto::packageBlock bytes.
PartSum fold(std::span<const BlockSum> blocks, std::uint64_t size);

std::uint32_t crcOf(ByteView bytes);

/// Number of segments of a plaintext, and the length of its stored stream.
constexpr std::uint64_t segmentsOf(std::uint64_t plain) {
    return plain == 0 ? 1 : (plain - 1) / crypto::segmentSize + 1;
}
constexpr std::uint64_t storedSize(std::uint64_t plain) {
    return plain + segmentsOf(plain) * crypto::segmentTag;
}
/// Number of blocks of a stored stream.
constexpr std::uint64_t blocksOf(std::uint64_t stored) {
    return stored == 0 ? 1 : (stored - 1) / crypto::packageBlock + 1;
}

} // namespace sealwright::package
