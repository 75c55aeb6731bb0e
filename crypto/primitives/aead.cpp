#include "crypto/primitives/aead.h"

#include "crypto/primitives/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <climits>

namespace sealwright::crypto {

namespace {

// Two contexts, because a context that changes direction expands its key again. Per call only the nonce is set, and the
// tag is exchanged through parameters that were made once.
class EvpAead final : public Aead {
public:
    EvpAead(const EVP_CIPHER* cipher, const SecretBytes& key)
        : m_sealing(EVP_CIPHER_CTX_new()), m_opening(EVP_CIPHER_CTX_new()) {
        const Byte* bytes = key.reveal().data();
        m_usable = cipher && m_sealing && m_opening && key.size() == 32 &&
                   EVP_EncryptInit_ex2(m_sealing.get(), cipher, bytes, nullptr, nullptr) == 1 &&
                   EVP_DecryptInit_ex2(m_opening.get(), cipher, bytes, nullptr, nullptr) == 1;
        m_tagParameter[0] = OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, m_tag.data(), m_tag.size());
        m_tagParameter[1] = OSSL_PARAM_construct_end();
    }
    EvpAead(const EvpAead&) = delete;
    EvpAead& operator=(const EvpAead&) = delete;

    bool usable() const { return m_usable; }

    bool seal(ByteView nonce, ByteView associated, ByteView plaintext, Byte* out) override {
        EVP_CIPHER_CTX* context = m_sealing.get();
        int written = 0;
        if (nonce.size() != aeadNonce || plaintext.size() > INT_MAX || associated.size() > INT_MAX ||
            EVP_EncryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) != 1) {
            return false;
        }
        if (!associated.empty() && EVP_EncryptUpdate(context, nullptr, &written, associated.data(),
                                                     static_cast<int>(associated.size())) != 1) {
            return false;
        }
        if (!plaintext.empty() &&
            EVP_EncryptUpdate(context, out, &written, plaintext.data(), static_cast<int>(plaintext.size())) != 1) {
            return false;
        }
        Byte* tag = out + plaintext.size();
        if (EVP_EncryptFinal_ex(context, tag, &written) != 1 ||
            EVP_CIPHER_CTX_get_params(context, m_tagParameter.data()) != 1) {
            return false;
        }
        std::copy(m_tag.begin(), m_tag.end(), tag);
        return true;
    }

    bool open(ByteView nonce, ByteView associated, ByteView sealed, Byte* out) override {
        if (nonce.size() != aeadNonce || sealed.size() < aeadTag || sealed.size() > INT_MAX ||
            associated.size() > INT_MAX) {
            return false;
        }
        const ByteView ciphertext = sealed.first(sealed.size() - aeadTag);
        const ByteView tag = sealed.last(aeadTag);
        std::copy(tag.begin(), tag.end(), m_tag.begin());
        EVP_CIPHER_CTX* context = m_opening.get();
        int written = 0;
        Byte nothing = 0;
        const bool authentic = EVP_DecryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) == 1 &&
                               (associated.empty() || EVP_DecryptUpdate(context, nullptr, &written, associated.data(),
                                                                        static_cast<int>(associated.size())) == 1) &&
                               (ciphertext.empty() || EVP_DecryptUpdate(context, out, &written, ciphertext.data(),
                                                                        static_cast<int>(ciphertext.size())) == 1) &&
                               EVP_CIPHER_CTX_set_params(context, m_tagParameter.data()) == 1 &&
                               EVP_DecryptFinal_ex(context, &nothing, &written) == 1;
        if (!authentic && !ciphertext.empty()) {
            wipe(MutableBytes(out, ciphertext.size()));
        }
        return authentic;
    }

private:
    EvpCipherContext m_sealing, m_opening;
    std::array<Byte, aeadTag> m_tag{};
    std::array<OSSL_PARAM, 2> m_tagParameter{};
    bool m_usable = false;
};

std::unique_ptr<Aead> make(const EVP_CIPHER* cipher, const SecretBytes& key) {
    auto aead = std::make_unique<EvpAead>(cipher, key);
    if (!aead->usable()) {
        return nullptr;
    }
    return aead;
}

} // namespace

std::unique_ptr<Aead> makeAes256Gcm(const SecretBytes& key) {
    return make(aes256Gcm(), key);
}

std::unique_ptr<Aead> makeChaCha20Poly1305(const SecretBytes& key) {
    return make(chaCha20Poly1305(), key);
}

} // namespace sealwright::crypto
