#pragma once
#include "crypto/field/token_text.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/siv.h"

#include <memory>

namespace sealwright::crypto {

/// What sealing and opening the tokens of one field have in common: the header that is their associated data, and the
/// expanded key.
struct TokenCipher {
    Mode mode = Mode::Gcm;
    std::string header;
    std::unique_ptr<Aead> aead; ///< modes g and c
    std::unique_ptr<Siv> siv;   ///< mode s

    /// BadKey (mode, or a key of another length than it has), LimitReached (version), LibraryFailure.
    static Result<TokenCipher> make(Mode mode, const SecretBytes& key, std::uint32_t version);
    /// Another key for the same mode and version. BadKey, LibraryFailure: of no use then.
    Result<void> rekey(const SecretBytes& key);
};

} // namespace sealwright::crypto
