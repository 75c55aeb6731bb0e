#include "models/package/stored_part.h"

#include <zlib.h>

namespace sealwright::package {

std::uint32_t crcOf(ByteView bytes) {
    return static_cast<std::uint32_t>(::crc32_z(0, bytes.data(), bytes.size()));
}

BlockSum sumOf(ByteView block) {
    return {crypto::sha256(block), crcOf(block)};
}

PartSum fold(std::span<const BlockSum> blocks, std::uint64_t size) {
    crypto::BlockDigest digest(crypto::packageBlock);
    const uLong joinWhole = ::crc32_combine_gen(static_cast<z_off_t>(crypto::packageBlock));
    uLong crc = ::crc32(0, nullptr, 0);
    for (const BlockSum& block : blocks) {
        digest.addBlock(block.hash);
        const std::uint64_t length = size < crypto::packageBlock ? size : crypto::packageBlock;
        crc = length == crypto::packageBlock ? ::crc32_combine_op(crc, block.crc, joinWhole)
                                             : ::crc32_combine(crc, block.crc, static_cast<z_off_t>(length));
        size -= length;
    }
    return {digest.finish(), static_cast<std::uint32_t>(crc)};
}

} // namespace sealwright::package
