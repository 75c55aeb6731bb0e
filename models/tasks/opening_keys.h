#pragma once
#include "models/tasks/machine.h"

#include <functional>

// Which of this machine's keys opens something: after a rotation there are several.
namespace sealwright {

/// This machine's keys for one job: where it was sealed for a key of before a rotation, that one opens it. Fails as
/// loadKeys().
Outcome<MachineKeys> loadKeysFor(const Services& services, const Job& job);

/// The decryption key for one of these kids: the one in use where it is among them, else a former one that is, else the
/// one in use all the same (whoever unwraps with it says what is wrong). Fails as loadKeys().
Outcome<crypto::DecryptionKey> decryptionKeyFor(const Services& services, const std::vector<std::string>& kids);
/// The same by a manifest's recipients.
Outcome<crypto::DecryptionKey> decryptionKeyFor(const Services& services, const Manifest& manifest);

/// Tries `open` with the key in use, then with former ones, as long as it says KeyNotForThis.
template <class T>
Outcome<T> withDecryptionKeys(const Services& services,
                              const std::function<Outcome<T>(const crypto::DecryptionKey&)>& open);

/// Reads one key, current or former, and compares it with its record: KeyWrong where it is another.
Outcome<crypto::DecryptionKey> readDecryptionKey(const Services& services, const KeyRecord& record);
Outcome<crypto::SigningKey> readSigningKey(const Services& services, const KeyRecord& record);

/// The signing keys in use and of before, for who checks what this machine signed. Needs no secret.
Outcome<std::vector<crypto::VerificationKey>> ownSigners(const Services& services);

template <class T>
Outcome<T> withDecryptionKeys(const Services& services,
                              const std::function<Outcome<T>(const crypto::DecryptionKey&)>& open) {
    const auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    auto outcome = open(keys->dec);
    if (outcome || outcome.error().code != Code::KeyNotForThis)
        return outcome;
    const auto former = services.ledger->formerKeys();
    if (!former)
        return former.failed();
    for (const KeyRecord& record : *former) {
        if (record.signing)
            continue;
        const auto key = readDecryptionKey(services, record);
        if (!key)
            return key.failed();
        auto again = open(*key);
        if (again || again.error().code != Code::KeyNotForThis)
            return again;
    }
    return outcome;
}

} // namespace sealwright
