#pragma once
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

// Owners of OpenSSL's objects. Included by the .cpp files of this folder alone.
namespace sealwright::crypto {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};

using EvpCipher = std::unique_ptr<EVP_CIPHER, Releaser<EVP_CIPHER_free>>;
using EvpCipherContext = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using EvpMd = std::unique_ptr<EVP_MD, Releaser<EVP_MD_free>>;
using EvpMdContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using EvpKey = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using EvpKeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using Pkcs8Info = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>>;
using BioOwner = std::unique_ptr<BIO, Releaser<BIO_free_all>>;

/// Fetched once a process; null where the library has no such algorithm.
const EVP_CIPHER* aes256Gcm();
const EVP_CIPHER* aes256Ecb();
const EVP_CIPHER* aes256Cbc();
const EVP_CIPHER* chaCha20Poly1305();
const EVP_MD* sha256Algorithm();

} // namespace sealwright::crypto
