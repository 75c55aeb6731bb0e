#include "models/tasks/machine.h"

#include "models/domain/time.h"
#include "models/tasks/machine_keys.h"
#include "models/tasks/registering.h"

#include <algorithm>

namespace sealwright {

Outcome<MachineFacts> makeKeys(const Services& services, const std::string& name, TaskContext& context) {
    auto found = keysWithoutRecord(services);
    if (!found)
        return found.failed();
    const bool takenOver = found->has_value();
    if (takenOver) {
        if (auto remembered = rememberKeys(services, **found); !remembered)
            return remembered.failed();
    } else {
        auto dec = crypto::DecryptionKey::generate();
        auto sig = crypto::SigningKey::generate();
        if (!dec || !sig)
            return fail(Code::CryptoFailed);
        if (context.cancel.cancelled())
            return fail(Code::Cancelled);
        if (auto stored = storeKeys(services, {std::move(*dec), std::move(*sig)}); !stored)
            return stored.failed();
    }
    if (!name.empty()) {
        if (auto named = setMachineName(services, name); !named)
            return named.failed();
    }
    auto facts = machineFacts(services, false);
    if (facts)
        facts->takenOver = takenOver;
    return facts;
}

Outcome<MachineKeys> loadKeys(const Services& services) {
    using Entry = SecretStore::Entry;
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    std::string decName, sigName;
    for (const KeyRecord& record : *records)
        (record.signing ? sigName : decName) = record.entry;
    auto decDer = services.secrets->read({Entry::DecryptionKey, decName});
    if (!decDer)
        return decDer.failed();
    auto sigDer = services.secrets->read({Entry::SigningKey, sigName});
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
    const auto former = services.ledger->formerKeys();
    if (!former)
        return former.failed();
    facts.formerPairs = static_cast<std::size_t>(
        std::count_if(former->begin(), former->end(), [](const KeyRecord& record) { return !record.signing; }));
    const auto revoked = services.ledger->setting(revokedSetting);
    if (!revoked)
        return revoked.failed();
    if (*revoked)
        facts.revoked = fromRfc3339(**revoked);

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
