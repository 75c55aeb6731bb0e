#include "models/tasks/machine_keys.h"

#include "models/domain/time.h"

#include <algorithm>

namespace sealwright {

namespace {

using Entry = SecretStore::Entry;

template <class Key>
KeyRecord recordOf(const Key& key, bool signing, const SecretStore& secrets, Named named) {
    return {key.kid(),
            signing,
            now(),
            secrets.place(),
            crypto::writeControlJson(crypto::toJson(key.publicKey())),
            named == Named::ByKid ? key.kid() : std::string()};
}

crypto::SecretBytes derOf(const MachineKeys& keys, Entry entry) {
    return entry == Entry::SigningKey ? keys.sig.toPkcs8() : keys.dec.toPkcs8();
}

/// Another program's key under the same name stays. What has to be undone is undone for a task that is cancelled too.
void takeBackIfOurs(const Services& services, const MachineKeys& keys, const Entries& entries, Named named) {
    const CancelScope uncancelled{Cancel()};
    for (const Entry entry : entries) {
        const auto place = placeOf(keys, entry, named);
        if (const auto there = services.secrets->read(place); there && *there == derOf(keys, entry))
            (void)services.secrets->remove(place);
    }
}

} // namespace

Outcome<std::optional<MachineKeys>> keysWithoutRecord(const Services& services) {
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    if (!records->empty())
        return fail(Failure(Code::KeyExists, {records->front().kid, records->front().place}));
    Failure unrecorded(Code::KeyUnrecorded, {services.secrets->place()});
    std::optional<crypto::DecryptionKey> dec;
    std::optional<crypto::SigningKey> sig;
    for (const Entry entry : bothEntries) {
        const auto der = services.secrets->read(entry);
        if (!der && der.error().code == Code::KeyMissing)
            continue;
        // A keystore that knows its keys' kinds says itself that this is none.
        if (!der && der.error().code != Code::KeyWrong)
            return der.failed();
        const bool signing = entry == Entry::SigningKey;
        unrecorded.facts.push_back(signing ? "signing-key" : "decryption-key");
        if (!der)
            continue;
        if (signing) {
            if (auto key = crypto::SigningKey::fromPkcs8(*der))
                sig = std::move(*key);
        } else if (auto key = crypto::DecryptionKey::fromPkcs8(*der)) {
            dec = std::move(*key);
        }
    }
    if (dec && sig)
        return std::optional(MachineKeys{std::move(*dec), std::move(*sig)});
    if (unrecorded.facts.size() > 1)
        return fail(std::move(unrecorded));
    return std::optional<MachineKeys>();
}

SecretStore::Place placeOf(const MachineKeys& keys, Entry entry, Named named) {
    if (named == Named::No)
        return entry;
    return {entry, entry == Entry::SigningKey ? keys.sig.kid() : keys.dec.kid()};
}

std::vector<KeyRecord> recordsOf(const Services& services, const MachineKeys& keys, Named named) {
    return {recordOf(keys.dec, false, *services.secrets, named), recordOf(keys.sig, true, *services.secrets, named)};
}

Outcome<void> rememberKeys(const Services& services, const MachineKeys& keys, Named named) {
    return services.ledger->rememberKeys(recordsOf(services, keys, named));
}

Outcome<void> writeKeys(const Services& services, const MachineKeys& keys, const Entries& entries, Named named) {
    for (const Entry entry : entries) {
        if (const auto written = services.secrets->write(placeOf(keys, entry, named), derOf(keys, entry)); !written) {
            // Half a pair would look like a loss at the next start. A write that failed may have happened all the same.
            takeBackIfOurs(services, keys, entries, named);
            return written.failed();
        }
    }
    return {};
}

Outcome<void> storeKeys(const Services& services, const MachineKeys& keys, const Entries& entries, Named named) {
    if (auto written = writeKeys(services, keys, entries, named); !written)
        return written;
    auto remembered = rememberKeys(services, keys, named);
    if (!remembered) {
        if (const auto records = services.ledger->keys(); records && records->empty())
            takeBackIfOurs(services, keys, entries, named);
    }
    return remembered;
}

} // namespace sealwright
