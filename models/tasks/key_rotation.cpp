#include "models/tasks/key_rotation.h"

#include "models/tasks/event_sender.h"
#include "models/tasks/machine_keys.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/registration_update.h"

namespace sealwright {

namespace {

using Entry = SecretStore::Entry;

/// Held while keys are rotated, so that no two processes do; no job has such an id.
const std::string rotationHold = "rotation of keys";

/// The pair that an interrupted rotation left, where both are there and fit.
Outcome<std::optional<MachineKeys>> keysLeft(const Services& services, const std::vector<KeyRecord>& records) {
    std::optional<crypto::DecryptionKey> dec;
    std::optional<crypto::SigningKey> sig;
    for (const KeyRecord& record : records) {
        const auto taken = [&](auto& into, auto read) -> Outcome<void> {
            if (read)
                into = std::move(*read);
            else if (read.error().code != Code::KeyMissing && read.error().code != Code::KeyWrong)
                return read.failed();
            return {};
        };
        auto known = record.signing ? taken(sig, readSigningKey(services, record))
                                    : taken(dec, readDecryptionKey(services, record));
        if (!known)
            return known.failed();
    }
    if (dec && sig)
        return std::optional(MachineKeys{std::move(*dec), std::move(*sig)});
    return std::optional<MachineKeys>();
}

/// Recorded before they are written: of what a process that ends here leaves, every entry is known.
Outcome<MachineKeys> makeNextKeys(const Services& services, const std::vector<KeyRecord>& leftovers,
                                  const KeyMaker& make, const Cancel& cancel) {
    for (const KeyRecord& record : leftovers)
        (void)services.secrets->remove({record.signing ? Entry::SigningKey : Entry::DecryptionKey, record.entry});
    auto keys = make();
    if (!keys)
        return keys;
    if (cancel.cancelled())
        return fail(Code::Cancelled);
    if (auto kept = services.ledger->rememberNextKeys(recordsOf(services, *keys, Named::ByKid)); !kept)
        return kept.failed();
    if (auto written = writeKeys(services, *keys, bothEntries, Named::ByKid); !written)
        return written.failed();
    return keys;
}

/// Steps 1 to 3 of the exchange, and the new token in its place beside the new decryption key.
Outcome<PinnedRegistration> exchange(const Services& services, const PinnedRegistration& pinned,
                                     const MachineKeys& before, const MachineKeys& next, const Cancel& cancel) {
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    const crypto::JwkSet publicHalves{{next.dec.publicKey()}, {next.sig.publicKey()}};
    const auto challenge = services.api->beginRotation(*access, pinned.machineName, publicHalves, cancel);
    noteStanding(services, challenge);
    if (!challenge)
        return challenge.failed();
    const auto proof = makeProofPayload(*challenge, access->url, next.dec, next.sig.kid(), now());
    if (!proof)
        return proof.failed();
    auto registered = services.api->finishRotation(*access, crypto::signJws("sealwright-proof", *proof, next.sig),
                                                   crypto::signJws("sealwright-proof", *proof, before.sig), cancel);
    if (!registered)
        return registered.failed();
    auto update = readUpdate(registered->registrationJws, pinned.registration);
    if (!update)
        return update.failed();
    if (auto written = services.secrets->write({Entry::AccessToken, next.dec.kid()}, registered->accessToken); !written)
        return written.failed();
    PinnedRegistration later = pinned;
    later.registration = std::move(*update);
    return later;
}

/// The first call with the new token: from then on the platform goes by the new keys, and the tokens beside former ones
/// are good for nothing. Whoever cannot be reached now is told by the next call, whatever that is.
void useNewToken(const Services& services, const Cancel& cancel) {
    const auto access = platformAccess(services);
    const auto former = services.ledger->formerKeys();
    if (!access || !former || !services.api->registrations(*access, cancel))
        return;
    for (const KeyRecord& record : *former)
        if (!record.signing)
            (void)services.secrets->remove({Entry::AccessToken, record.entry});
}

} // namespace

Outcome<MachineKeys> freshKeys() {
    auto dec = crypto::DecryptionKey::generate();
    auto sig = crypto::SigningKey::generate();
    if (!dec || !sig)
        return fail(Code::CryptoFailed);
    return MachineKeys{std::move(*dec), std::move(*sig)};
}

Outcome<Rotated> rotateKeys(const Services& services, TaskContext& context, const KeyMaker& make) {
    EventSender turn(services, EventSender::For::Run);
    const auto held = turn.hold(rotationHold);
    if (!held)
        return held.failed();
    if (!*held)
        return fail(Code::KeyRotating);
    const auto before = loadKeys(services);
    if (!before)
        return before.failed();
    const auto recorded = services.ledger->keys();
    if (!recorded)
        return recorded.failed();
    if (recorded->empty()) // a pair in the store that no record knows is taken over first, by keys init
        return fail(Code::KeyMissing);
    if (auto registration = services.ledger->registration(); !registration)
        return registration.failed();
    else if (*registration) // the platform's own key may be another by now
        (void)updateRegistration(services, context.cancel);
    const auto registration = services.ledger->registration();
    if (!registration)
        return registration.failed();

    Rotated rotated;
    const auto leftovers = services.ledger->nextKeys();
    if (!leftovers)
        return leftovers.failed();
    auto next = keysLeft(services, *leftovers);
    if (!next)
        return next.failed();
    rotated.goneOn = next->has_value();
    if (!*next) {
        auto made = makeNextKeys(services, *leftovers, make, context.cancel);
        if (!made)
            return made.failed();
        *next = std::move(*made);
    }
    std::optional<PinnedRegistration> later;
    if (*registration) {
        auto exchanged = exchange(services, **registration, *before, **next, context.cancel);
        if (!exchanged)
            return exchanged.failed();
        later = std::move(*exchanged);
        rotated.registered = true;
    }
    if (auto taken = services.ledger->takeNextKeys(later); !taken)
        return taken.failed();
    if (rotated.registered)
        useNewToken(services, context.cancel);
    auto facts = machineFacts(services, false);
    if (!facts)
        return facts.failed();
    rotated.facts = std::move(*facts);
    return rotated;
}

} // namespace sealwright
