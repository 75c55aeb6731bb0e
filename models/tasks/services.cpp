#include "models/tasks/services.h"

namespace sealwright {

Outcome<KnownKeys> knownKeys(const Services& services) {
    KnownKeys known;
    const auto take = [&known](const std::string& jwk) -> Outcome<void> {
        const auto json = crypto::parseControlJson(jwk);
        if (!json)
            return fail(Code::ProfileFailed);
        auto keys = crypto::jwkFromJson(*json);
        if (!keys)
            return fail(Code::ProfileFailed);
        known.signers.insert(known.signers.end(), keys->sig.begin(), keys->sig.end());
        return {};
    };

    const auto own = services.ledger->keys();
    if (!own)
        return own.failed();
    for (const KeyRecord& key : *own) {
        (key.signing ? known.ownSigKid : known.ownEncKid) = key.kid;
        known.names[key.kid] = std::string();
        if (auto taken = take(key.publicJwk); !taken)
            return taken.failed();
    }
    const auto former = services.ledger->formerKeys();
    if (!former)
        return former.failed();
    for (const KeyRecord& key : *former) {
        known.names[key.kid] = std::string();
        if (auto taken = take(key.publicJwk); !taken)
            return taken.failed();
    }
    const auto addresses = services.ledger->addresses();
    if (!addresses)
        return addresses.failed();
    for (const AddressEntry& entry : *addresses) {
        known.names.emplace(entry.kid, entry.name);
        if (auto taken = take(entry.jwk); !taken)
            return taken.failed();
    }
    const auto registration = services.ledger->registration();
    if (!registration)
        return registration.failed();
    if (*registration) {
        for (const auto& key : (*registration)->registration.keys.sig) {
            known.signers.push_back(key);
            known.names.emplace(key.kid, (*registration)->platformName);
        }
        for (const auto& key : (*registration)->registration.keys.enc)
            known.names.emplace(key.kid, (*registration)->platformName);
    }
    return known;
}

std::string toolName() {
    return std::string("sealwright/") + SEALWRIGHT_VERSION;
}

} // namespace sealwright
