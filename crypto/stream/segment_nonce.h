#pragma once
#include "crypto/primitives/aead.h"

#include <array>
#include <cstdint>

namespace sealwright::crypto {

/// counter(11) || last(1): the nonce of a segment (FORMAT.md §6) and of a source block (§5).
inline std::array<Byte, aeadNonce> segmentNonce(std::uint64_t counter, bool last) {
    std::array<Byte, aeadNonce> nonce{};
    for (std::size_t i = 11; i-- > 3; counter >>= 8) {
        nonce[i] = static_cast<Byte>(counter);
    }
    nonce[11] = last ? 1 : 0;
    return nonce;
}

} // namespace sealwright::crypto
