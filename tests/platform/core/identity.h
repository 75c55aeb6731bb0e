#pragma once
#include "crypto/keys/private_keys.h"
#include "models/domain/time.h"

#include <optional>
#include <string>
#include <vector>

namespace sealwright::platform {

/// Who the platform is: its URL (also the audience of proofs), the key that signs, and the hosts that
/// machines may use.
struct Identity {
    std::string url;
    crypto::SigningKey key;
    std::vector<std::string> hosts;
    struct Former {
        crypto::SigningKey key;
        Instant until = 0; ///< when the next one took its place
    };
    std::vector<Former> former = {}; ///< oldest first

    /// What machines pin: today's key, and the one before it, for jobs and results that it signed.
    crypto::JwkSet keys() const { return keysAt(former.size()); }
    /// The same after that many changes of the key.
    crypto::JwkSet keysAt(std::size_t changes) const;
    const crypto::SigningKey& keyAt(std::size_t changes) const {
        return changes < former.size() ? former[changes].key : key;
    }
    std::vector<crypto::VerificationKey> everyKey() const; ///< to check what it signed itself
};

/// Reads a private key from a file (PKCS#8 DER, 0600), or makes it and writes it there. Nothing where the file is no
/// such key.
std::optional<crypto::SigningKey> keptSigningKey(const std::string& file);
std::optional<crypto::DecryptionKey> keptDecryptionKey(const std::string& file);

/// 32 random bytes as b64, for tokens.
std::string freshToken();
std::string freshUuid();
std::string sha256Hex(std::string_view text);

} // namespace sealwright::platform
