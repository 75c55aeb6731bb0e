#pragma once
#include "crypto/base/bytes.h"

#include <array>
#include <memory>

// AES-256 on whole blocks: what CMAC, SIV and FF1 are made of. Contexts are kept; a call is one call of the library,
// whatever the number of blocks.
namespace sealwright::crypto {

inline constexpr std::size_t aesBlock = 16;
using AesBlock = std::array<Byte, aesBlock>;

/// Each block by itself (ECB): for counter blocks and the like, never for data.
class AesBlocks {
public:
    /// `key` has 32 bytes. Null where it has not, or the library fails.
    static std::unique_ptr<AesBlocks> make(ByteView key);
    ~AesBlocks();
    /// `size` is a multiple of 16, at most 1 MiB; `out` may be `in`.
    void encrypt(const Byte* in, Byte* out, std::size_t size);

private:
    AesBlocks();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// CBC-MAC from a zero state, without padding: the last block of the chain.
class AesChain {
public:
    static std::unique_ptr<AesChain> make(ByteView key);
    ~AesChain();
    /// `size` is a positive multiple of 16. Overwrites `blocks` with the chain. Gives its last block.
    AesBlock mac(Byte* blocks, std::size_t size);
    /// The same in pieces: goes on from where `state` stands (zero at the beginning) and leaves it at the end.
    void absorb(AesBlock& state, Byte* blocks, std::size_t size);

private:
    AesChain();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sealwright::crypto
