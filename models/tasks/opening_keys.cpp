#include "models/tasks/opening_keys.h"

#include <algorithm>

namespace sealwright {

namespace {

using Entry = SecretStore::Entry;

template <class Key>
Outcome<Key> readKey(const Services& services, const KeyRecord& record, Entry entry) {
    const auto der = services.secrets->read({entry, record.entry});
    if (!der)
        return der.failed();
    auto key = Key::fromPkcs8(*der);
    if (!key || key->kid() != record.kid)
        return fail(Failure(Code::KeyWrong, {services.secrets->place()}));
    return std::move(*key);
}

/// The former decryption key that is one of these; nothing where the one in use is, or none.
Outcome<std::optional<crypto::DecryptionKey>> formerKeyFor(const Services& services,
                                                           const std::vector<std::string>& kids) {
    const auto isWanted = [&](const KeyRecord& record) {
        return !record.signing && std::find(kids.begin(), kids.end(), record.kid) != kids.end();
    };
    const auto current = services.ledger->keys();
    if (!current)
        return current.failed();
    if (std::any_of(current->begin(), current->end(), isWanted))
        return std::optional<crypto::DecryptionKey>();
    const auto former = services.ledger->formerKeys();
    if (!former)
        return former.failed();
    const auto found = std::find_if(former->begin(), former->end(), isWanted);
    if (found == former->end())
        return std::optional<crypto::DecryptionKey>();
    auto key = readDecryptionKey(services, *found);
    if (!key)
        return key.failed();
    return std::optional(std::move(*key));
}

} // namespace

Outcome<crypto::DecryptionKey> readDecryptionKey(const Services& services, const KeyRecord& record) {
    return readKey<crypto::DecryptionKey>(services, record, Entry::DecryptionKey);
}

Outcome<crypto::SigningKey> readSigningKey(const Services& services, const KeyRecord& record) {
    return readKey<crypto::SigningKey>(services, record, Entry::SigningKey);
}

Outcome<MachineKeys> loadKeysFor(const Services& services, const Job& job) {
    auto keys = loadKeys(services);
    if (!keys)
        return keys;
    // A job's secrets are sealed for the key that its wrapped keys are for.
    const auto kid = crypto::claimedRecipient(job.secretsJwe);
    if (!kid || *kid == keys->dec.kid())
        return keys;
    auto former = formerKeyFor(services, {*kid});
    if (!former)
        return former.failed();
    keys->former = std::move(*former);
    return keys;
}

Outcome<crypto::DecryptionKey> decryptionKeyFor(const Services& services, const std::vector<std::string>& kids) {
    auto former = formerKeyFor(services, kids);
    if (!former)
        return former.failed();
    if (*former)
        return std::move(**former);
    auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    return std::move(keys->dec);
}

Outcome<crypto::DecryptionKey> decryptionKeyFor(const Services& services, const Manifest& manifest) {
    std::vector<std::string> kids;
    for (const RecipientSlot& slot : manifest.recipients)
        if (!slot.held())
            kids.push_back(slot.kid);
    return decryptionKeyFor(services, kids);
}

Outcome<std::vector<crypto::VerificationKey>> ownSigners(const Services& services) {
    std::vector<crypto::VerificationKey> signers;
    for (const auto list : {&Ledger::keys, &Ledger::formerKeys}) {
        const auto records = (services.ledger.get()->*list)();
        if (!records)
            return records.failed();
        for (const KeyRecord& record : *records) {
            if (!record.signing)
                continue;
            const auto keys = readPublicKeys(record.publicJwk);
            if (!keys)
                return fail(Code::ProfileFailed);
            signers.insert(signers.end(), keys->sig.begin(), keys->sig.end());
        }
    }
    return signers;
}

} // namespace sealwright
