#pragma once
#include "crypto/base/bytes.h"
#include "crypto/base/secret.h"

#include <memory>

namespace sealwright::crypto {

inline constexpr std::size_t aeadNonce = 12;
inline constexpr std::size_t aeadTag = 16;

/// An AEAD with a 12-byte nonce and a 16-byte tag under one key, whose schedule and context it keeps. One a worker:
/// never used by two threads at once. A second crypto library joins by implementing this.
class Aead {
public:
    virtual ~Aead() = default;
    /// Goes on with another key, for a worker that has more keys than it can keep contexts; nothing is allocated. False
    /// where it has not 32 bytes, or the library fails: the object is of no use then.
    virtual bool rekey(const SecretBytes& key) = 0;
    /// Writes ciphertext and tag, plaintext.size() + 16 bytes, to `out`, which may be where the plaintext is. False
    /// where the library fails. `nonce` has 12 bytes; whoever calls makes it unique under the key.
    virtual bool seal(ByteView nonce, ByteView associated, ByteView plaintext, Byte* out) = 0;
    /// `sealed` is ciphertext and tag, at least 16 bytes; writes sealed.size() - 16 bytes to `out`, which may be where
    /// `sealed` is. False where the tag differs; the bytes written are then wiped.
    virtual bool open(ByteView nonce, ByteView associated, ByteView sealed, Byte* out) = 0;
};

/// `key` has 32 bytes. Null where it has not, or the library fails.
std::unique_ptr<Aead> makeAes256Gcm(const SecretBytes& key);
std::unique_ptr<Aead> makeChaCha20Poly1305(const SecretBytes& key);

} // namespace sealwright::crypto
