#include "models/tasks/registering.h"

#include "models/tasks/small_file.h"

#include <algorithm>

namespace sealwright {

namespace {

Outcome<MachineKeys> ownKeysMadeIfNone(const Services& services, PendingRegistration& pending, TaskContext& context) {
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    if (records->empty()) {
        const auto facts = makeKeys(services, pending.machineName, context);
        if (!facts)
            return facts.failed();
        pending.keysTakenOver = facts->takenOver;
        pending.keysMade = !facts->takenOver;
    }
    return loadKeys(services);
}

std::string hostOf(const std::string& url) {
    const std::size_t begin = url.find("://");
    const std::string rest = begin == std::string::npos ? url : url.substr(begin + 3);
    return rest.substr(0, rest.find('/'));
}

/// The token lies beside the decryption key in use.
Outcome<std::string> tokenName(const Services& services) {
    const auto keys = services.ledger->keys();
    if (!keys)
        return keys.failed();
    for (const KeyRecord& key : *keys)
        if (!key.signing)
            return key.entry;
    return std::string();
}

Failure notAccepted(const std::vector<crypto::VerificationKey>& offered) {
    Failure failure(Code::RegistrationKeyNotAccepted);
    for (const auto& key : offered) {
        const auto words = crypto::fingerprintWords(key.kid);
        failure.facts.push_back(key.kid);
        failure.facts.push_back(words ? *words : std::string());
    }
    return failure;
}

/// Whether the keys that the platform offers can end well: after the proof the invitation is used up.
Outcome<void> worthAProof(const std::vector<crypto::VerificationKey>& offered, const std::string& invited,
                          const RegisterRequest& request) {
    const auto isOffered = [&](const std::string& kid) {
        return std::any_of(offered.begin(), offered.end(), [&](const auto& key) { return key.kid == kid; });
    };
    if (!invited.empty() && !isOffered(invited))
        return fail(Failure(Code::RegistrationInvalid, {"keys"}));
    const std::string& accepted = request.acceptPlatformKid;
    const bool another = !accepted.empty() && (!isOffered(accepted) || (!invited.empty() && invited != accepted));
    const bool unnamed = accepted.empty() && invited.empty() && !request.personCanBeAsked;
    return another || unnamed ? fail(notAccepted(offered)) : Outcome<void>();
}

} // namespace

bool looksLikeInvitation(const std::string& path) {
    constexpr std::uint64_t most = 64u << 10;
    const auto text = readSmallFile(path, most);
    if (!text)
        return false;
    const std::size_t begin = text->find_first_not_of(" \t\r\n");
    return text->find("sealwright-invitation/") != std::string::npos ||
           (begin != std::string::npos && text->compare(begin, 21, "sealwright://register") == 0);
}

Outcome<PendingRegistration> beginRegister(const Services& services, const RegisterRequest& request,
                                           TaskContext& context) {
    auto invitation = parseInvitation(request.invitation, now());
    if (!invitation)
        return invitation.failed();
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (*kept)
        return fail(Failure(Code::RegistrationExists, {(*kept)->registration.platform}));

    PendingRegistration pending;
    pending.machineName = request.machineName;
    pending.caPem = request.caPem;
    auto keys = ownKeysMadeIfNone(services, pending, context);
    if (!keys)
        return keys.failed();

    PlatformAccess access;
    access.url = invitation->platform;
    access.caPem = request.caPem;
    access.caSha256 = invitation->caSha256;
    const crypto::JwkSet publicHalves{{keys->dec.publicKey()}, {keys->sig.publicKey()}};
    auto challenge =
        services.api->beginRegistration(access, invitation->token, request.machineName, publicHalves, context.cancel);
    if (!challenge)
        return challenge.failed();
    if (auto worth = worthAProof(challenge->platformKeys.sig, invitation->platformKid, request); !worth)
        return worth.failed();
    const auto proof = makeProofPayload(*challenge, invitation->platform, keys->dec, keys->sig.kid(), now());
    if (!proof)
        return proof.failed();
    auto registered = services.api->finishRegistration(access, crypto::signJws("sealwright-proof", *proof, keys->sig),
                                                       context.cancel);
    if (!registered)
        return registered.failed();

    auto registration = readRegistration(registered->registrationJws, invitation->platformKid, challenge->platformKeys,
                                         invitation->platform);
    if (!registration)
        return registration.failed();
    pending.platformKid = registration->platformKid;
    const auto words = crypto::fingerprintWords(pending.platformKid);
    if (!words)
        return fail(Code::RegistrationInvalid);
    pending.platformWords = *words;
    if (!request.acceptPlatformKid.empty() && request.acceptPlatformKid != pending.platformKid)
        return fail(Failure(Code::RegistrationKeyNotAccepted, {pending.platformKid, pending.platformWords}));
    pending.mustBeAccepted = invitation->platformKid.empty() && request.acceptPlatformKid.empty();
    pending.accessToken = std::make_shared<crypto::SecretBytes>(std::move(registered->accessToken));
    pending.registration = std::move(*registration);
    pending.invitation = std::move(*invitation);
    return pending;
}

Outcome<Nothing> keepRegistration(const Services& services, const PendingRegistration& pending) {
    const auto name = tokenName(services);
    if (!name)
        return name.failed();
    if (auto written = services.secrets->write({SecretStore::Entry::AccessToken, *name}, *pending.accessToken);
        !written)
        return written.failed();
    PinnedRegistration pinned;
    pinned.registration = pending.registration;
    pinned.machineName = pending.machineName;
    pinned.platformName = hostOf(pending.registration.platform);
    pinned.caPem = pending.caPem;
    pinned.caSha256 = pending.invitation.caSha256;
    pinned.registeredAt = now();
    if (auto kept = services.ledger->rememberRegistration(pinned); !kept)
        return kept.failed();
    return setMachineName(services, pending.machineName);
}

Outcome<PlatformAccess> platformAccess(const Services& services) {
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (!*kept)
        return fail(Code::RegistrationMissing);
    const auto name = tokenName(services);
    if (!name)
        return name.failed();
    auto token = services.secrets->read({SecretStore::Entry::AccessToken, *name});
    if (!token)
        return token.failed();
    PlatformAccess access;
    access.url = (*kept)->registration.platform;
    access.accessToken = std::move(*token);
    access.caPem = (*kept)->caPem;
    access.caSha256 = (*kept)->caSha256;
    access.hosts = (*kept)->registration.hosts;
    return access;
}

Outcome<bool> isRevoked(const Services& services) {
    const auto since = services.ledger->setting(revokedSetting);
    if (!since)
        return since.failed();
    return *since && !(*since)->empty();
}

void noteStanding(const Services& services, const Failure* answer) {
    if (answer && answer->code != Code::MachineRevoked)
        return;
    const auto revoked = isRevoked(services);
    if (revoked && *revoked != (answer != nullptr))
        (void)services.ledger->setSetting(revokedSetting, answer ? toRfc3339(now()) : std::string());
}

} // namespace sealwright
