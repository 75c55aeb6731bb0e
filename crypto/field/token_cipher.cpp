#include "crypto/field/token_cipher.h"

namespace sealwright::crypto {

Result<TokenCipher> TokenCipher::make(Mode mode, const SecretBytes& key, std::uint32_t version) {
    const bool siv = mode == Mode::Siv;
    if ((!siv && mode != Mode::Gcm && mode != Mode::ChaCha) || key.size() != (siv ? 64u : 32u)) {
        return fail(Error::BadKey);
    }
    if (version == 0 || version > maxTokenVersion) {
        return fail(Error::LimitReached);
    }
    TokenCipher cipher;
    cipher.mode = mode;
    cipher.header = tokenHeader(mode, version);
    if (siv) {
        cipher.siv = Siv::make(key, asBytes(cipher.header));
    } else {
        cipher.aead = mode == Mode::Gcm ? makeAes256Gcm(key) : makeChaCha20Poly1305(key);
    }
    if (!cipher.siv && !cipher.aead) {
        return fail(Error::LibraryFailure);
    }
    return cipher;
}

Result<void> TokenCipher::rekey(const SecretBytes& key) {
    if (key.size() != (siv ? 64u : 32u)) {
        return fail(Error::BadKey);
    }
    if (siv) {
        siv = Siv::make(key, asBytes(header));
    }
    if (aead ? !aead->rekey(key) : !siv) {
        return fail(Error::LibraryFailure);
    }
    return {};
}

} // namespace sealwright::crypto
