#include "crypto/primitives/ed25519.h"

#include "crypto/primitives/fatal.h"
#include "crypto/primitives/key_encoding.h"

namespace sealwright::crypto {

struct Ed25519PrivateKey::Impl {
    EvpKey key;
};

Ed25519PrivateKey::Ed25519PrivateKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Ed25519PrivateKey::Ed25519PrivateKey(Ed25519PrivateKey&&) noexcept = default;
Ed25519PrivateKey& Ed25519PrivateKey::operator=(Ed25519PrivateKey&&) noexcept = default;
Ed25519PrivateKey::~Ed25519PrivateKey() = default;

Result<Ed25519PrivateKey> Ed25519PrivateKey::generate() {
    EvpKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key) {
        return fail(Error::LibraryFailure);
    }
    return Ed25519PrivateKey(std::unique_ptr<Impl>(new Impl{std::move(key)}));
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::fromPkcs8(ByteView der) {
    auto key = keyFromPkcs8(der);
    if (!key) {
        return key.failed();
    }
    if (EVP_PKEY_is_a(key->get(), "ED25519") != 1) {
        return fail(Error::BadKey);
    }
    return Ed25519PrivateKey(std::unique_ptr<Impl>(new Impl{std::move(key).value()}));
}

SecretBytes Ed25519PrivateKey::toPkcs8() const {
    return keyToPkcs8(m_impl->key.get());
}

Ed25519Public Ed25519PrivateKey::publicKey() const {
    Ed25519Public out{};
    std::size_t size = out.size();
    if (EVP_PKEY_get_raw_public_key(m_impl->key.get(), out.data(), &size) != 1) {
        libraryUnusable();
    }
    return out;
}

Ed25519Signature Ed25519PrivateKey::sign(ByteView message) const {
    Ed25519Signature out{};
    std::size_t size = out.size();
    const EvpMdContext context(EVP_MD_CTX_new());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_impl->key.get()) != 1 ||
        EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size()) != 1) {
        libraryUnusable();
    }
    return out;
}

bool ed25519Verify(const Ed25519Public& key, ByteView message, ByteView signature) {
    const EvpKey loaded(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, key.data(), key.size()));
    const EvpMdContext context(EVP_MD_CTX_new());
    const bool valid =
        loaded && context && signature.size() == Ed25519Signature().size() &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return valid;
}

} // namespace sealwright::crypto
