#include "models/tasks/machine.h"

#include "models/domain/time.h"
#include "models/tasks/machine_keys.h"

namespace sealwright {

namespace {

using Entry = SecretStore::Entry;

/// True where the store has that key; a failure where it cannot be told.
Outcome<bool> holds(SecretStore& secrets, Entry entry) {
    auto read = secrets.read(entry);
    if (read)
        return true;
    if (read.error().code == Code::KeyMissing)
        return false;
    return read.failed();
}

/// Another program's key under the same name stays.
void takeBackIfOurs(SecretStore& secrets, Entry entry, const crypto::SecretBytes& ours) {
    if (const auto there = secrets.read(entry); there && *there == ours)
        (void)secrets.remove(entry);
}

template <class Key>
KeyRecord recordOf(const Key& key, bool signing, const SecretStore& secrets) {
    return {key.kid(), signing, now(), secrets.place(), crypto::writeControlJson(crypto::toJson(key.publicKey()))};
}

Outcome<void> remember(const Services& services, const MachineKeys& keys) {
    if (auto kept = services.ledger->rememberKey(recordOf(keys.dec, false, *services.secrets)); !kept)
        return kept.failed();
    return services.ledger->rememberKey(recordOf(keys.sig, true, *services.secrets));
}

} // namespace

Outcome<void> refuseWhereKeysAre(const Services& services) {
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    if (!records->empty())
        return fail(Failure(Code::KeyExists, {records->front().kid, records->front().place}));
    for (const Entry entry : {Entry::DecryptionKey, Entry::SigningKey}) {
        const auto there = holds(*services.secrets, entry);
        if (!there)
            return there.failed();
        if (*there)
            return fail(Failure(Code::KeyExists, {std::string(), services.secrets->place()}));
    }
    return {};
}

Outcome<void> storeKeys(const Services& services, const MachineKeys& keys) {
    // Half a pair would look like a loss at the next start, and secrets without a record are in the way of every later
    // attempt: what was written here is taken back. A write that failed may have happened all the same.
    const auto takeBack = [&] {
        takeBackIfOurs(*services.secrets, Entry::DecryptionKey, keys.dec.toPkcs8());
        takeBackIfOurs(*services.secrets, Entry::SigningKey, keys.sig.toPkcs8());
    };
    for (const bool signing : {false, true}) {
        const auto written = signing ? services.secrets->write(Entry::SigningKey, keys.sig.toPkcs8())
                                     : services.secrets->write(Entry::DecryptionKey, keys.dec.toPkcs8());
        if (!written) {
            takeBack();
            return written.failed();
        }
    }
    auto remembered = remember(services, keys);
    if (!remembered) {
        if (const auto records = services.ledger->keys(); records && records->empty())
            takeBack();
    }
    return remembered;
}

Outcome<MachineFacts> makeKeys(const Services& services, const std::string& name, TaskContext& context) {
    if (auto free = refuseWhereKeysAre(services); !free)
        return free.failed();
    auto dec = crypto::DecryptionKey::generate();
    auto sig = crypto::SigningKey::generate();
    if (!dec || !sig)
        return fail(Code::CryptoFailed);
    if (context.cancel.cancelled())
        return fail(Code::Cancelled);
    const MachineKeys keys{std::move(*dec), std::move(*sig)};
    if (auto stored = storeKeys(services, keys); !stored)
        return stored.failed();
    if (!name.empty()) {
        if (auto named = setMachineName(services, name); !named)
            return named.failed();
    }
    return machineFacts(services, false);
}

Outcome<MachineKeys> loadKeys(const Services& services) {
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    auto decDer = services.secrets->read(Entry::DecryptionKey);
    if (!decDer)
        return decDer.failed();
    auto sigDer = services.secrets->read(Entry::SigningKey);
    if (!sigDer)
        return sigDer.failed();
    auto dec = crypto::DecryptionKey::fromPkcs8(*decDer);
    auto sig = crypto::SigningKey::fromPkcs8(*sigDer);
    if (!dec || !sig)
        return fail(Failure(Code::KeyWrong, {services.secrets->place()}));
    for (const KeyRecord& record : *records) {
        if (record.kid != (record.signing ? sig->kid() : dec->kid()))
            return fail(Failure(Code::KeyWrong, {services.secrets->place()}));
    }
    return MachineKeys{std::move(*dec), std::move(*sig)};
}

Outcome<MachineFacts> machineFacts(const Services& services, bool checkHealth) {
    MachineFacts facts;
    facts.place = services.secrets->place();
    auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    const auto kit = services.ledger->recoveryKitMade();
    if (!kit)
        return kit.failed();
    facts.recoveryKit = *kit;
    const auto name = services.ledger->setting("machine.name");
    if (!name)
        return name.failed();
    facts.name = name->value_or(std::string());

    std::optional<Failure> health;
    if (checkHealth && !records->empty()) {
        if (const auto keys = loadKeys(services); !keys)
            health = keys.error();
    }
    for (const bool signing : {false, true}) {
        for (const KeyRecord& record : *records) {
            if (record.signing != signing)
                continue;
            auto words = crypto::fingerprintWords(record.kid);
            if (!words)
                return fail(Code::ProfileFailed);
            facts.keys.push_back({record, *words, health});
        }
    }
    return facts;
}

Outcome<Nothing> setMachineName(const Services& services, const std::string& name) {
    if (auto set = services.ledger->setSetting("machine.name", name); !set)
        return set.failed();
    return Nothing{};
}

Outcome<std::string> exportPublicKeys(const Services& services) {
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    if (records->empty())
        return fail(Code::KeyMissing);
    crypto::JwkSet set;
    for (const KeyRecord& record : *records) {
        auto keys = readPublicKeys(record.publicJwk);
        if (!keys)
            return fail(Code::ProfileFailed);
        set.enc.insert(set.enc.end(), keys->enc.begin(), keys->enc.end());
        set.sig.insert(set.sig.end(), keys->sig.begin(), keys->sig.end());
    }
    return crypto::writeControlJson(crypto::toJson(set)) + "\n";
}

Outcome<crypto::JwkSet> readPublicKeys(std::string_view text) {
    const auto refuse = [](const char* what) { return fail(Failure(Code::DocumentInvalid, {what})); };
    if (text.find("-----BEGIN") != std::string_view::npos) {
        auto keys = crypto::publicKeyFromPem(text);
        if (!keys)
            return refuse("PEM");
        return std::move(*keys);
    }
    const auto json = crypto::parseControlJson(text);
    if (!json)
        return refuse("JWK");
    auto keys = json->find("keys") ? crypto::jwkSetFromJson(*json) : crypto::jwkFromJson(*json);
    if (!keys || (keys->enc.empty() && keys->sig.empty()))
        return refuse("JWK");
    return std::move(*keys);
}

} // namespace sealwright
