#include "crypto/primitives/rsa.h"

#include "crypto/primitives/key_encoding.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace sealwright::crypto {

namespace {

using Number = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;

EvpKey publicKey(const RsaPublicNumbers& numbers) {
    const Number modulus(BN_bin2bn(numbers.modulus.data(), static_cast<int>(numbers.modulus.size()), nullptr));
    const Number exponent(BN_bin2bn(numbers.exponent.data(), static_cast<int>(numbers.exponent.size()), nullptr));
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    if (!modulus || !exponent || !builder || !context ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return nullptr;
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    EVP_PKEY* key = nullptr;
    if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return EvpKey(key);
}

bool setOaep(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(context, sha256Algorithm()) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, sha256Algorithm()) == 1;
}

EvpKeyContext contextOf(EVP_PKEY* key) {
    return EvpKeyContext(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
}

} // namespace

struct RsaPrivateKey::Impl {
    EvpKey key;
};

RsaPrivateKey::RsaPrivateKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RsaPrivateKey::RsaPrivateKey(RsaPrivateKey&&) noexcept = default;
RsaPrivateKey& RsaPrivateKey::operator=(RsaPrivateKey&&) noexcept = default;
RsaPrivateKey::~RsaPrivateKey() = default;

Result<RsaPrivateKey> RsaPrivateKey::generate(int bits) {
    EvpKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)));
    if (!key) {
        return fail(Error::LibraryFailure);
    }
    return RsaPrivateKey(std::unique_ptr<Impl>(new Impl{std::move(key)}));
}

Result<RsaPrivateKey> RsaPrivateKey::fromPkcs8(ByteView der) {
    auto key = keyFromPkcs8(der);
    if (!key) {
        return key.failed();
    }
    if (EVP_PKEY_is_a(key->get(), "RSA") != 1) {
        return fail(Error::BadKey);
    }
    return RsaPrivateKey(std::unique_ptr<Impl>(new Impl{std::move(key).value()}));
}

SecretBytes RsaPrivateKey::toPkcs8() const {
    return keyToPkcs8(m_impl->key.get());
}

RsaPublicNumbers RsaPrivateKey::publicNumbers() const {
    return rsaNumbersOf(m_impl->key.get());
}

Result<SecretBytes> RsaPrivateKey::oaepDecrypt(ByteView ciphertext) const {
    const EvpKeyContext context = contextOf(m_impl->key.get());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(m_impl->key.get()));
    SecretBytes room(size);
    const bool opened =
        context && EVP_PKEY_decrypt_init(context.get()) == 1 && setOaep(context.get()) &&
        EVP_PKEY_decrypt(context.get(), room.revealMutable().data(), &size, ciphertext.data(), ciphertext.size()) == 1;
    ERR_clear_error();
    if (!opened) {
        return fail(Error::UnwrapFailed);
    }
    return SecretBytes(room.reveal().first(size));
}

Result<Bytes> rsaOaepEncrypt(const RsaPublicNumbers& numbers, ByteView plaintext) {
    const EvpKey key = publicKey(numbers);
    if (!key) {
        return fail(Error::BadKey);
    }
    const EvpKeyContext context = contextOf(key.get());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    Bytes out(size);
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 || !setOaep(context.get()) ||
        EVP_PKEY_encrypt(context.get(), out.data(), &size, plaintext.data(), plaintext.size()) != 1) {
        ERR_clear_error();
        return fail(Error::LibraryFailure);
    }
    out.resize(size);
    return out;
}

} // namespace sealwright::crypto
