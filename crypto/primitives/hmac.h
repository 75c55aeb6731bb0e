#pragma once
#include "crypto/primitives/sha256.h"

namespace sealwright::crypto {

/// HMAC-SHA-256 (RFC 2104) in pieces. The two padded key blocks are hashed once; a message costs nothing for the key.
class HmacSha256 {
public:
    explicit HmacSha256(ByteView key);
    HmacSha256(HmacSha256&&) noexcept;
    HmacSha256& operator=(HmacSha256&&) noexcept;
    ~HmacSha256();
    void update(ByteView bytes);
    Sha256Digest finish(); ///< and starts anew with the same key

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

Sha256Digest hmacSha256(ByteView key, ByteView message);

} // namespace sealwright::crypto
