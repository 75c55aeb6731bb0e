#include "crypto/primitives/aead.h"

#include "crypto/primitives/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <climits>

namespace sealwright::crypto {

namespace {

// A context for each direction, because one that changes direction expands its key again; made when it is first used,
// for most ciphers seal or open and never both. Per call only the nonce is set, and the tag is exchanged through
// parameters that were made once.
class EvpAead final : public Aead {
public:
    EvpAead(const EVP_CIPHER* cipher, const SecretBytes& key) : m_cipher(cipher), m_key(key.clone()) {
        m_tagParameter[0] = OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, m_tag.data(), m_tag.size());
        m_tagParameter[1] = OSSL_PARAM_construct_end();
    }
    EvpAead(const EvpAead&) = delete;
    EvpAead& operator=(const EvpAead&) = delete;

    bool usable() const { return m_cipher && m_key.size() == 32; }

    bool rekey(const SecretBytes& key) override {
        if (key.size() != m_key.size()) {
            return false;
        }
        const ByteView bytes = key.reveal();
        std::copy(bytes.begin(), bytes.end(), m_key.revealMutable().begin());
        return (!m_sealing || EVP_EncryptInit_ex2(m_sealing.get(), nullptr, bytes.data(), nullptr, nullptr) == 1) &&
               (!m_opening || EVP_DecryptInit_ex2(m_opening.get(), nullptr, bytes.data(), nullptr, nullptr) == 1);
    }

    bool seal(ByteView nonce, ByteView associated, ByteView plaintext, Byte* out) override {
        EVP_CIPHER_CTX* context = ready(m_sealing, EVP_EncryptInit_ex2);
        int written = 0;
        if (!context || nonce.size() != aeadNonce || plaintext.size() > INT_MAX || associated.size() > INT_MAX ||
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
        EVP_CIPHER_CTX* context = ready(m_opening, EVP_DecryptInit_ex2);
        int written = 0;
        Byte nothing = 0;
        const bool authentic = context && EVP_DecryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr) == 1 &&
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
    template <class Init>
    EVP_CIPHER_CTX* ready(EvpCipherContext& context, Init init) {
        if (!context) {
            EvpCipherContext fresh(EVP_CIPHER_CTX_new());
            if (!fresh || init(fresh.get(), m_cipher, m_key.reveal().data(), nullptr, nullptr) != 1) {
                return nullptr;
            }
            context = std::move(fresh);
        }
        return context.get();
    }

    const EVP_CIPHER* m_cipher;
    SecretBytes m_key;
    EvpCipherContext m_sealing, m_opening;
    std::array<Byte, aeadTag> m_tag{};
    std::array<OSSL_PARAM, 2> m_tagParameter{};
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
