#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"

#include <compare>

namespace sealwright {

/// Where private keys and the access token live: OS keychain or file keystore. Calls block a task thread (a keychain
/// may wait for a person: they can be cancelled there); never on the GUI thread. Four states are told apart:
/// KeyMissing, KeychainLocked, KeychainDenied, KeychainNoService.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    enum class Entry { DecryptionKey, SigningKey, AccessToken };
    /// A machine's first keys have no name. Those that a rotation made are named by their kid, and the access token
    /// that came with them by the decryption key's: so keys of before and after lie side by side.
    struct Place {
        Place(Entry e, std::string n = {}) : entry(e), name(std::move(n)) {}
        Entry entry;
        std::string name;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    /// Keys are PKCS#8 DER; the token its bytes.
    virtual Outcome<crypto::SecretBytes> read(const Place& place) = 0;
    /// Never overwrites a key (KeyExists); a token is replaced.
    virtual Outcome<void> write(const Place& place, const crypto::SecretBytes& secret) = 0;
    virtual Outcome<void> remove(const Place& place) = 0;
    /// "the system keychain", or the folder: for people.
    virtual std::string place() const = 0;
    virtual bool isSystemKeychain() const = 0;
};

} // namespace sealwright
