#include "crypto/stream/digest.h"

#include <algorithm>

namespace sealwright::crypto {

std::string hexLower(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const Byte byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

struct BlockDigest::Impl {
    std::size_t blockSize;
    std::size_t inBlock = 0; // bytes of the block under way
    std::uint64_t blocks = 0;
    Sha256 block, overBlocks;

    explicit Impl(std::size_t size) : blockSize(size) {}

    void add(const Sha256Digest& digest) {
        overBlocks.update(digest);
        ++blocks;
        inBlock = 0;
    }
};

BlockDigest::BlockDigest(std::size_t blockSize) : m_impl(std::make_unique<Impl>(blockSize)) {}
BlockDigest::BlockDigest(BlockDigest&&) noexcept = default;
BlockDigest& BlockDigest::operator=(BlockDigest&&) noexcept = default;
BlockDigest::~BlockDigest() = default;

void BlockDigest::update(ByteView bytes) {
    Impl& my = *m_impl;
    while (!bytes.empty()) {
        const std::size_t part = std::min(bytes.size(), my.blockSize - my.inBlock);
        my.block.update(bytes.first(part));
        my.inBlock += part;
        if (my.inBlock == my.blockSize) {
            my.add(my.block.finish());
        }
        bytes = bytes.subspan(part);
    }
}

void BlockDigest::addBlock(const Sha256Digest& hashOfBlock) {
    m_impl->add(hashOfBlock);
}

std::string BlockDigest::finish() {
    Impl& my = *m_impl;
    if (my.inBlock || my.blocks == 0) {
        my.add(my.block.finish());
    }
    return hexLower(my.overBlocks.finish());
}

} // namespace sealwright::crypto
