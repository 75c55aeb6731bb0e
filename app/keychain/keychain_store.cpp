#include "app/keychain/keychain_store.h"

#include "app/keychain/private_file.h"
#include "app/keychain/secret_service.h"
#include "models/domain/cancel.h"

#include <QCoreApplication>
#include <QThread>

namespace sealwright {

namespace {

using crypto::SecretBytes;
using keychain::EntryName;
using keychain::Presence;

const std::string placeName = "the system keychain";

EntryName nameOf(const SecretStore::Place& place, const QString& application) {
    QString key;
    switch (place.entry) {
    case SecretStore::Entry::DecryptionKey:
        key = QStringLiteral("/decryption-key");
        break;
    case SecretStore::Entry::SigningKey:
        key = QStringLiteral("/signing-key");
        break;
    case SecretStore::Entry::AccessToken:
        key = QStringLiteral("/access-token");
        break;
    }
    if (!place.name.empty())
        key += QLatin1Char('/') + QString::fromStdString(place.name);
    // On Windows an entry is known by its key alone: the application is part of both.
    return {application, application + key};
}

/// The port's facts: the place, then what was said.
Err<Failure> at(const Failure& failure) {
    Failure placed = failure;
    if (placed.code != Code::Cancelled && placed.code != Code::InternalBug)
        placed.facts.insert(placed.facts.begin(), placeName);
    return fail(std::move(placed));
}

bool onMainThread() {
    const auto* application = QCoreApplication::instance();
    return !application || QThread::currentThread() == application->thread();
}

/// QtKeychain's answer to a keyring that was locked meanwhile, or that does not let it in, is "missing" or "denied".
Failure explained(const Failure& said, const EntryName& name) {
    if (!keychain::hasSecretService() || said.code == Code::Cancelled)
        return said;
    const auto now = keychain::look(name);
    if (!now)
        return now.error();
    if (*now == Presence::Locked)
        return Failure(Code::KeychainLocked);
    if (*now == Presence::Unlocked && said.code == Code::KeyMissing)
        return Failure(Code::KeychainFailed, {"there, but not given out"});
    return said;
}

/// Where the entry is and locked, it is unlocked first. Says whether it is there.
Outcome<bool> makeReadable(const EntryName& name) {
    const auto presence = keychain::look(name);
    if (!presence)
        return presence.failed();
    if (*presence == Presence::Locked) {
        if (auto unlocked = keychain::unlockEntry(name); !unlocked)
            return unlocked.failed();
    }
    return *presence != Presence::Missing;
}

Outcome<SecretBytes> readNamed(const EntryName& name) {
    if (keychain::hasSecretService()) {
        const auto there = makeReadable(name);
        if (!there)
            return there.failed();
        if (!*there)
            return fail(Code::KeyMissing);
    }
    auto read = keychain::readEntry(name);
    if (!read)
        return fail(explained(read.error(), name));
    return read;
}

/// Whether a key is there already, without asking anybody to unlock it.
Outcome<bool> isThere(const EntryName& name) {
    if (keychain::hasSecretService()) {
        const auto presence = keychain::look(name);
        if (!presence)
            return presence.failed();
        return *presence != Presence::Missing;
    }
    const auto read = keychain::readEntry(name);
    if (read)
        return true;
    if (read.error().code == Code::KeyMissing)
        return false;
    return read.failed();
}

Outcome<void> writeNamed(const EntryName& name, const SecretBytes& secret) {
    if (keychain::hasSecretService()) {
        if (const auto readable = makeReadable(name); !readable)
            return readable.failed();
        if (auto unlocked = keychain::unlockDefault(); !unlocked)
            return unlocked;
    }
    if (auto written = keychain::writeEntry(name, secret); !written)
        return fail(written.error().code == Code::KeyMissing ? Failure(Code::KeychainFailed, written.error().facts)
                                                             : explained(written.error(), name));
    // Only what can be read again is kept. It is written now: a cancel comes too late.
    const CancelScope writtenIsSaid{Cancel()};
    const auto again = keychain::readEntry(name);
    if (!again)
        return fail(explained(again.error(), name));
    return *again == secret ? Outcome<void>() : fail(Failure(Code::KeychainFailed, {"it gives back something else"}));
}

} // namespace

KeychainStore::KeychainStore(QString application, std::string lockFolder)
    : m_application(std::move(application)), m_lockFolder(std::move(lockFolder)) {}

std::string KeychainStore::place() const {
    return placeName;
}

Outcome<SecretBytes> KeychainStore::read(const Place& place) {
    if (onMainThread())
        return fail(Code::InternalBug);
    auto read = readNamed(nameOf(place, m_application));
    if (!read)
        return at(read.error());
    return read;
}

Outcome<void> KeychainStore::write(const Place& place, const SecretBytes& secret) {
    if (onMainThread())
        return fail(Code::InternalBug);
    const auto lock = FolderLock::take(m_lockFolder);
    if (!lock)
        return lock.failed();
    const EntryName name = nameOf(place, m_application);
    if (place.entry != Entry::AccessToken) {
        const auto there = isThere(name);
        if (!there)
            return at(there.error());
        if (*there)
            return fail(Failure(Code::KeyExists, {std::string(), placeName}));
    }
    if (auto written = writeNamed(name, secret); !written)
        return at(written.error());
    return {};
}

Outcome<void> KeychainStore::remove(const Place& place) {
    if (onMainThread())
        return fail(Code::InternalBug);
    const auto lock = FolderLock::take(m_lockFolder);
    if (!lock)
        return lock.failed();
    const EntryName name = nameOf(place, m_application);
    if (keychain::hasSecretService()) {
        const auto there = makeReadable(name);
        if (!there)
            return at(there.error());
        if (!*there)
            return {};
    }
    const auto deleted = keychain::deleteEntry(name);
    if (!deleted && deleted.error().code != Code::KeyMissing)
        return at(explained(deleted.error(), name));
    return {};
}

} // namespace sealwright
