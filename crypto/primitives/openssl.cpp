#include "crypto/primitives/openssl.h"

namespace sealwright::crypto {

const EVP_CIPHER* aes256Gcm() {
    static const EvpCipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    return cipher.get();
}

const EVP_CIPHER* aes256Ecb() {
    static const EvpCipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr));
    return cipher.get();
}

const EVP_CIPHER* aes256Cbc() {
    static const EvpCipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr));
    return cipher.get();
}

const EVP_CIPHER* chaCha20Poly1305() {
    static const EvpCipher cipher(EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr));
    return cipher.get();
}

const EVP_MD* sha256Algorithm() {
    static const EvpMd md(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return md.get();
}

} // namespace sealwright::crypto
