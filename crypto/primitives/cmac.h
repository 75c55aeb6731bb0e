#pragma once
#include "crypto/primitives/aes_blocks.h"

namespace sealwright::crypto {

/// Doubling in GF(2^128), as RFC 4493 and RFC 5297 define it, without a branch on the value.
AesBlock doubled(const AesBlock& block);

/// AES-256-CMAC (RFC 4493, NIST SP 800-38B). Keeps its contexts; one a worker. Nothing is allocated per message.
class Cmac {
public:
    /// `key` has 32 bytes. Null where it has not, or the library fails.
    static std::unique_ptr<Cmac> make(ByteView key);
    ~Cmac();
    Cmac(const Cmac&) = delete;
    Cmac& operator=(const Cmac&) = delete;

    AesBlock mac(ByteView message) { return macXorEnd(message, AesBlock{}); }
    /// Of `message` with its last 16 bytes XORed with `end` ("xorend" of RFC 5297). With fewer than 16 bytes `end` must
    /// be zero.
    AesBlock macXorEnd(ByteView message, const AesBlock& end);

private:
    Cmac() = default;
    std::unique_ptr<AesChain> m_chain;
    AesBlock m_wholeKey{}, m_partKey{};
    std::array<Byte, 4096> m_work{}; ///< holds plaintext for the length of a call at most
};

} // namespace sealwright::crypto
