#pragma once
#include "crypto/base/secret.h"
#include "crypto/keys/public_keys.h"

#include <memory>

// The machine's two private keys (FORMAT.md §1, §11). Values own their key material and wipe it.
// const member functions are safe on any thread.
namespace sealwright::crypto {

/// RSA-3072 or 4096. Opens what was wrapped for this machine.
class DecryptionKey {
public:
    static Result<DecryptionKey> generate(int bits = 3072); ///< takes up to a second or two: never on the GUI thread
    static Result<DecryptionKey> fromPkcs8(const SecretBytes& der);
    DecryptionKey(DecryptionKey&&) noexcept;
    DecryptionKey& operator=(DecryptionKey&&) noexcept;
    ~DecryptionKey();

    SecretBytes toPkcs8() const;
    const RecipientKey& publicKey() const;
    const std::string& kid() const { return publicKey().kid; }
    /// RSA-OAEP, SHA-256 for hash and MGF1, empty label. `wrapped` is b64, as long as the modulus; 32 bytes come out.
    /// Every failure is UnwrapFailed, without a hint in words or time.
    Result<SecretBytes> unwrap(std::string_view wrappedB64) const;

private:
    struct Impl;
    explicit DecryptionKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Ed25519. Signs in this machine's name.
class SigningKey {
public:
    static Result<SigningKey> generate();
    static Result<SigningKey> fromPkcs8(const SecretBytes& der);
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    SecretBytes toPkcs8() const;
    const VerificationKey& publicKey() const;
    const std::string& kid() const { return publicKey().kid; }
    std::array<Byte, 64> sign(ByteView message) const;

private:
    struct Impl;
    explicit SigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// b64 of RSA-OAEP-256 of a 32-byte key (DEK, join key, challenge).
Result<std::string> wrapKey(const SecretBytes& key, const RecipientKey& recipient);

// --- at rest, outside a keychain: PKCS#8, PBES2 with scrypt N=2^14 r=8 p=5 and AES-256-CBC, PEM (FORMAT.md §11) ---

/// "ENCRYPTED PRIVATE KEY" block of a PKCS#8 DER.
Result<std::string> encryptPkcs8Pem(const SecretBytes& der, const SecretBytes& passphrase);
/// Reads "ENCRYPTED PRIVATE KEY" (any PBES2 that OpenSSL opens) or plain "PRIVATE KEY" (passphrase unused).
/// WrongPassphrase or BadEncoding.
Result<SecretBytes> decryptPkcs8Pem(std::string_view pem, const SecretBytes& passphrase);

} // namespace sealwright::crypto
