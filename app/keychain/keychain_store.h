#pragma once
#include "models/ports/secret_store.h"

#include <QString>

namespace sealwright {

/// The system's keychain by QtKeychain, one entry a secret, as binary. Needs a QCoreApplication whose event loop runs:
/// the keychain's jobs live on the main thread, while the calls here block a task thread until the keychain (perhaps a
/// person in front of it) has answered or Cancel::current() turned (Cancelled). On the main thread they fail with
/// InternalBug, for they would wait for themselves.
///
/// KeyMissing: the keychain is open and has no such entry. KeychainLocked: it is locked, and nobody could be asked to
/// open it. KeychainDenied: the person, or the system, said no. KeychainNoService: there is none, or none that answers.
/// KeychainFailed (facts: place, reason): anything else.
/// On Linux the states are read from the Secret Service over D-Bus, for QtKeychain takes a locked keyring for an empty
/// one; it is opened with a prompt where there is a display.
class KeychainStore final : public SecretStore {
public:
    /// `application` is part of each entry's name and its service: another profile, or a test, uses another one.
    /// `lockFolder` is an existing folder whose lock keeps two processes from writing at once.
    KeychainStore(QString application, std::string lockFolder);

    Outcome<crypto::SecretBytes> read(const Place& place) override;
    Outcome<void> write(const Place& place, const crypto::SecretBytes& secret) override;
    Outcome<void> remove(const Place& place) override;
    std::string place() const override;
    bool isSystemKeychain() const override { return true; }

private:
    QString m_application;
    std::string m_lockFolder;
};

} // namespace sealwright
