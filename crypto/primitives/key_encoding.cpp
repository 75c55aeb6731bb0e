#include "crypto/primitives/key_encoding.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>

namespace sealwright::crypto {

namespace {

Bytes number(const EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    EVP_PKEY_get_bn_param(key, name, &raw);
    const std::unique_ptr<BIGNUM, Releaser<BN_clear_free>> value(raw);
    if (!value) {
        return {};
    }
    Bytes out(static_cast<std::size_t>(BN_num_bytes(value.get())));
    BN_bn2bin(value.get(), out.data());
    return out;
}

} // namespace

Result<EvpKey> keyFromPkcs8(ByteView der) {
    constexpr std::size_t longest = 16 * 1024;
    if (der.empty() || der.size() > longest) {
        return fail(Error::BadEncoding);
    }
    const Byte* at = der.data();
    const Pkcs8Info info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    const ASN1_OBJECT* kind = nullptr;
    if (!info || at != der.data() + der.size() || PKCS8_pkey_get0(&kind, nullptr, nullptr, nullptr, info.get()) != 1) {
        ERR_clear_error();
        return fail(Error::BadEncoding);
    }
    const int known = OBJ_obj2nid(kind);
    if (known != NID_rsaEncryption && known != NID_ED25519) {
        return fail(Error::BadKey);
    }
    EvpKey key(EVP_PKCS82PKEY(info.get()));
    if (!key) {
        ERR_clear_error();
        return fail(Error::BadEncoding);
    }
    return key;
}

SecretBytes keyToPkcs8(const EVP_PKEY* key) {
    const Pkcs8Info info(EVP_PKEY2PKCS8(key));
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
    if (size <= 0) {
        return {};
    }
    SecretBytes der(static_cast<std::size_t>(size));
    Byte* at = der.revealMutable().data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
    return der;
}

RsaPublicNumbers rsaNumbersOf(const EVP_PKEY* key) {
    return {number(key, OSSL_PKEY_PARAM_RSA_N), number(key, OSSL_PKEY_PARAM_RSA_E)};
}

} // namespace sealwright::crypto
