#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"

namespace sealwright {

/// Where private keys and the access token live: OS keychain or file keystore. Calls block a task thread (a keychain
/// may wait for a person: they can be cancelled there); never on the GUI thread. Four states are told apart:
/// KeyMissing, KeychainLocked, KeychainDenied, KeychainNoService.
class SecretStore {
public:
    virtual ~SecretStore() = default;
    enum class Entry { DecryptionKey, SigningKey, AccessToken };
    /// Keys are PKCS#8 DER; the token its bytes.
    virtual Outcome<crypto::SecretBytes> read(Entry entry) = 0;
    /// Never overwrites a key (KeyExists); a token is replaced.
    virtual Outcome<void> write(Entry entry, const crypto::SecretBytes& secret) = 0;
    virtual Outcome<void> remove(Entry entry) = 0;
    /// "the system keychain", or the folder: for people.
    virtual std::string place() const = 0;
    virtual bool isSystemKeychain() const = 0;
};

} // namespace sealwright
