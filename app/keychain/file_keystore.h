#pragma once
#include "crypto/keys/private_keys.h"
#include "models/ports/secret_store.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace sealwright {

/// A keystore for servers: a folder (0700) of files (0600), FORMAT.md §11.
///   decryption-key.pem, signing-key.pem   encrypted PKCS#8 PEM, with lines that name kid, purpose and date
///   keys.json                             the public halves, a JWK Set
///   token.jwe                             the access token, to the machine's own decryption key
/// What a rotation made has the decryption key's or its own kid behind the name: decryption-key-KID.pem, token-KID.jwe.
/// A name that is no kid is InternalBug.
///
/// Folder and files that other users may touch, or that belong to others, are refused with KeychainDenied (facts: path,
/// why). KeyMissing where there is no such entry, KeyPassphraseWrong, KeyWrong where a file holds another kind of key,
/// KeychainFailed (facts: path, reason) where a file is damaged. Writing a token needs a decryption key (KeyMissing).
/// Files appear whole or not at all; safe on many threads and for several processes at once. Each read of a key takes a
/// fifth of a second or more (scrypt).
class FileKeystore final : public SecretStore {
public:
    /// Why a passphrase is wanted.
    struct Wish {
        bool first = false; ///< the folder has no key yet, so that a person can be asked twice
        bool again = false; ///< the last one was not it; whoever has no other says KeyPassphraseWrong
        std::string folder; ///< this keystore's
    };
    /// Asked when a secret is first needed, and again while what is given is wrong; never twice at once: whoever waits
    /// meanwhile gets the same answer, also where it is no. May block. An empty passphrase is KeyPassphraseWrong.
    using Passphrase = std::function<Outcome<crypto::SecretBytes>(const Wish& wish)>;

    FileKeystore(std::string folder, Passphrase passphrase);
    FileKeystore(std::string folder, const crypto::SecretBytes& passphrase);

    Outcome<crypto::SecretBytes> read(const Place& place) override;
    Outcome<void> write(const Place& place, const crypto::SecretBytes& secret) override;
    Outcome<void> remove(const Place& place) override;
    std::string place() const override { return m_folder; }
    bool isSystemKeychain() const override { return false; }

private:
    std::string pathOf(const Place& place) const;
    using Given = std::shared_ptr<const crypto::SecretBytes>;
    Outcome<Given> passphrase(bool first, const Given& wrong = nullptr);
    Outcome<Given> asked(std::unique_lock<std::mutex>& lock, const Wish& wish);
    Outcome<crypto::SecretBytes> decrypted(const std::string& path, std::string_view pem);
    Outcome<crypto::SecretBytes> readKey(const Place& place);
    Outcome<crypto::SecretBytes> readToken(const std::string& name);
    Outcome<void> writeKey(const Place& place, const crypto::SecretBytes& der);
    Outcome<void> writeToken(const std::string& name, const crypto::SecretBytes& token);
    Outcome<void> opensWhatIsThere();
    bool isOf(const Place& place, const std::string& kid) const;
    void eraseHalf(crypto::JwkSet& halves, const Place& place) const;
    Outcome<crypto::JwkSet> publicHalves() const;
    Outcome<void> writePublicHalves(const crypto::JwkSet& keys) const;

    std::string m_folder;
    Passphrase m_ask;
    std::mutex m_mutex; ///< guards all below
    std::condition_variable m_answered;
    Given m_passphrase;
    bool m_asking = false;
    unsigned m_refusals = 0;
    Failure m_refused; ///< the last one
};

} // namespace sealwright
