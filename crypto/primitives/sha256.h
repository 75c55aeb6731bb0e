#pragma once
#include "crypto/base/bytes.h"

#include <array>
#include <memory>

namespace sealwright::crypto {

using Sha256Digest = std::array<Byte, 32>;

Sha256Digest sha256(ByteView bytes);

/// Plain SHA-256 in pieces. Keeps its context: one object can hash any number of messages one after the other.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void update(ByteView bytes);
    Sha256Digest finish(); ///< and starts anew: what follows is another message

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sealwright::crypto
