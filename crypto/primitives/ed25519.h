#pragma once
#include "crypto/base/error.h"
#include "crypto/base/secret.h"

#include <array>
#include <memory>

// Ed25519 (RFC 8032), pure.
namespace sealwright::crypto {

using Ed25519Public = std::array<Byte, 32>;
using Ed25519Signature = std::array<Byte, 64>;

/// Owns the key. const functions are safe on any thread.
class Ed25519PrivateKey {
public:
    static Result<Ed25519PrivateKey> generate();
    static Result<Ed25519PrivateKey> fromPkcs8(ByteView der); ///< BadEncoding, BadKey (no Ed25519 key)
    Ed25519PrivateKey(Ed25519PrivateKey&&) noexcept;
    Ed25519PrivateKey& operator=(Ed25519PrivateKey&&) noexcept;
    ~Ed25519PrivateKey();

    SecretBytes toPkcs8() const;
    Ed25519Public publicKey() const;
    Ed25519Signature sign(ByteView message) const; ///< ends the process where the library fails

private:
    struct Impl;
    explicit Ed25519PrivateKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

bool ed25519Verify(const Ed25519Public& key, ByteView message, ByteView signature);

} // namespace sealwright::crypto
