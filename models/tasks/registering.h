#pragma once
#include "models/tasks/machine.h"

// Registration (FORMAT.md §10).
namespace sealwright {

struct RegisterRequest {
    std::string invitation; ///< JSON or link, as it came
    std::string machineName;
    std::string caPem;             ///< or empty
    std::string acceptPlatformKid; ///< given by the owner beforehand (CLI), or empty
    bool personCanBeAsked = true;  ///< else a key that nobody named is refused before the invitation is used up
};

/// Everything done but the pinning: a person looks at platformKid first where `mustBeAccepted`.
struct PendingRegistration {
    Registration registration;
    Invitation invitation;
    std::string machineName, caPem, platformKid, platformWords;
    bool mustBeAccepted = false; ///< the invitation named no key, and none was accepted beforehand
    bool keysMade = false;       ///< this call made the machine's keys
    bool keysTakenOver = false;  ///< it found them in the store, without a record, and recorded them
    std::shared_ptr<crypto::SecretBytes> accessToken;
};

/// A small file that says it is an invitation; enough to choose a page by. Blocks.
bool looksLikeInvitation(const std::string& path);

/// Makes keys where there are none and none was ever made; steps 1 to 3. Nothing is pinned yet.
/// What step 1's key set shows to be in vain ends there, and the invitation can be used again: RegistrationInvalid
/// where the invitation's key is not offered; RegistrationKeyNotAccepted (facts: kid and words of each key offered)
/// where the accepted one is not, or where none is named and nobody can be asked.
Outcome<PendingRegistration> beginRegister(const Services& services, const RegisterRequest& request,
                                           TaskContext& context);
/// Pins it: access token into the secret store, keys and hosts into the ledger.
Outcome<Nothing> keepRegistration(const Services& services, const PendingRegistration& pending);

/// What API calls need: URL, token, CA. RegistrationMissing where there is none.
Outcome<PlatformAccess> platformAccess(const Services& services);

/// The profile's setting with the time at which the platform first said that this machine is revoked; empty: it is not.
inline constexpr auto revokedSetting = "registration.revoked";
/// Whether the platform said so when it was last heard.
Outcome<bool> isRevoked(const Services& services);
/// Remembers what an answer of the platform says about that: null is a good one. Anything but a good answer and
/// MachineRevoked says nothing.
void noteStanding(const Services& services, const Failure* answer);
template <class T>
void noteStanding(const Services& services, const Outcome<T>& answer) {
    noteStanding(services, answer ? nullptr : &answer.error());
}

} // namespace sealwright
