#include "tests/support/platform/test_machine.h"

#include <cstdlib>

namespace sealwright::test {

TestMachine TestMachine::make() {
    auto decryption = crypto::DecryptionKey::generate();
    auto signing = crypto::SigningKey::generate();
    if (!decryption || !signing)
        std::abort();
    return {std::move(*decryption), std::move(*signing), {}, {}};
}

JobContext TestMachine::context() const {
    return {registration->machineId, registration->hosts, registration->keys.sig, {decryption.kid()}, now()};
}

Outcome<void> TestMachine::registerWith(JobApi& api, const std::string& invitationText, const Cancel& cancel) {
    const auto invitation = parseInvitation(invitationText, now());
    if (!invitation)
        return invitation.failed();
    access.url = invitation->platform;
    const auto challenge = api.beginRegistration(access, invitation->token, "Test machine", keys(), cancel);
    if (!challenge)
        return challenge.failed();
    const auto payload = makeProofPayload(*challenge, access.url, decryption, signing.kid(), now());
    if (!payload)
        return payload.failed();
    auto registered = api.finishRegistration(access, crypto::signJws("sealwright-proof", *payload, signing), cancel);
    if (!registered)
        return registered.failed();
    auto read =
        readRegistration(registered->registrationJws, invitation->platformKid, challenge->platformKeys, access.url);
    if (!read)
        return read.failed();
    access.accessToken = std::move(registered->accessToken);
    access.hosts = read->hosts;
    registration = std::move(*read);
    return {};
}

} // namespace sealwright::test
