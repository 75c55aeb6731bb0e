#include "crypto/keys/private_keys.h"

#include "crypto/base/b64.h"
#include "crypto/primitives/ed25519.h"
#include "crypto/primitives/pem.h"
#include "crypto/primitives/rsa.h"

namespace sealwright::crypto {

namespace {

constexpr std::size_t keySize = 32;
constexpr std::array<Byte, 3> exponent65537 = {1, 0, 1};

} // namespace

struct DecryptionKey::Impl {
    RsaPrivateKey key;
    RecipientKey publicKey;

    static Result<DecryptionKey> make(Result<RsaPrivateKey> key) {
        if (!key) {
            return key.failed();
        }
        const RsaPublicNumbers numbers = key->publicNumbers();
        auto publicKey = RecipientKey::fromModulus(numbers.modulus, numbers.exponent);
        if (!publicKey) {
            return publicKey.failed();
        }
        return DecryptionKey(std::unique_ptr<Impl>(new Impl{std::move(key).value(), std::move(publicKey).value()}));
    }
};

DecryptionKey::DecryptionKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
DecryptionKey::DecryptionKey(DecryptionKey&&) noexcept = default;
DecryptionKey& DecryptionKey::operator=(DecryptionKey&&) noexcept = default;
DecryptionKey::~DecryptionKey() = default;

Result<DecryptionKey> DecryptionKey::generate(int bits) {
    if (bits != 3072 && bits != 4096) {
        return fail(Error::BadKey);
    }
    return Impl::make(RsaPrivateKey::generate(bits));
}

Result<DecryptionKey> DecryptionKey::fromPkcs8(const SecretBytes& der) {
    return Impl::make(RsaPrivateKey::fromPkcs8(der.reveal()));
}

SecretBytes DecryptionKey::toPkcs8() const {
    return m_impl->key.toPkcs8();
}

const RecipientKey& DecryptionKey::publicKey() const {
    return m_impl->publicKey;
}

Result<SecretBytes> DecryptionKey::unwrap(std::string_view wrappedB64) const {
    const std::size_t size = publicKey().modulus.size();
    if (wrappedB64.size() != b64Length(size)) {
        return fail(Error::UnwrapFailed);
    }
    const auto wrapped = b64Decode(wrappedB64);
    if (!wrapped) {
        return fail(Error::UnwrapFailed);
    }
    auto key = m_impl->key.oaepDecrypt(*wrapped);
    if (!key || key->size() != keySize) {
        return fail(Error::UnwrapFailed);
    }
    return key;
}

struct SigningKey::Impl {
    Ed25519PrivateKey key;
    VerificationKey publicKey;

    static Result<SigningKey> make(Result<Ed25519PrivateKey> key) {
        if (!key) {
            return key.failed();
        }
        auto publicKey = VerificationKey::fromRaw(key->publicKey());
        if (!publicKey) {
            return publicKey.failed();
        }
        return SigningKey(std::unique_ptr<Impl>(new Impl{std::move(key).value(), std::move(publicKey).value()}));
    }
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::generate() {
    return Impl::make(Ed25519PrivateKey::generate());
}

Result<SigningKey> SigningKey::fromPkcs8(const SecretBytes& der) {
    return Impl::make(Ed25519PrivateKey::fromPkcs8(der.reveal()));
}

SecretBytes SigningKey::toPkcs8() const {
    return m_impl->key.toPkcs8();
}

const VerificationKey& SigningKey::publicKey() const {
    return m_impl->publicKey;
}

std::array<Byte, 64> SigningKey::sign(ByteView message) const {
    return m_impl->key.sign(message);
}

Result<std::string> wrapKey(const SecretBytes& key, const RecipientKey& recipient) {
    if (key.size() != keySize) {
        return fail(Error::BadKey);
    }
    const RsaPublicNumbers numbers{recipient.modulus, Bytes(exponent65537.begin(), exponent65537.end())};
    const auto wrapped = rsaOaepEncrypt(numbers, key.reveal());
    return wrapped ? Result<std::string>(b64Encode(*wrapped)) : wrapped.failed();
}

Result<std::string> encryptPkcs8Pem(const SecretBytes& der, const SecretBytes& passphrase) {
    return pkcs8ToEncryptedPem(der.reveal(), passphrase.reveal());
}

Result<SecretBytes> decryptPkcs8Pem(std::string_view pem, const SecretBytes& passphrase) {
    return pkcs8FromPem(pem, passphrase.reveal());
}

} // namespace sealwright::crypto
