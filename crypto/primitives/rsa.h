#pragma once
#include "crypto/base/error.h"
#include "crypto/base/secret.h"

#include <memory>

// RSA-OAEP with SHA-256 as hash and in MGF1 and an empty label. Which sizes and exponents a key may have is decided
// above.
namespace sealwright::crypto {

/// Big-endian, without leading zeros.
struct RsaPublicNumbers {
    Bytes modulus;
    Bytes exponent;
};

/// Owns the key. const functions are safe on any thread.
class RsaPrivateKey {
public:
    static Result<RsaPrivateKey> generate(int bits);      ///< e = 65537; LibraryFailure
    static Result<RsaPrivateKey> fromPkcs8(ByteView der); ///< BadEncoding, BadKey (no RSA key)
    RsaPrivateKey(RsaPrivateKey&&) noexcept;
    RsaPrivateKey& operator=(RsaPrivateKey&&) noexcept;
    ~RsaPrivateKey();

    SecretBytes toPkcs8() const;
    RsaPublicNumbers publicNumbers() const;
    /// Every failure is UnwrapFailed; the padding is checked in constant time.
    Result<SecretBytes> oaepDecrypt(ByteView ciphertext) const;

private:
    struct Impl;
    explicit RsaPrivateKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// BadKey where the numbers are no RSA key, LibraryFailure (also where `plaintext` is too long).
Result<Bytes> rsaOaepEncrypt(const RsaPublicNumbers& key, ByteView plaintext);

} // namespace sealwright::crypto
