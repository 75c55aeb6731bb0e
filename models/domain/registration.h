#pragma once
#include "crypto/jose/jws.h"
#include "models/domain/failure.h"
#include "models/domain/time.h"

// Invitation, proof and registration (FORMAT.md §10).
namespace sealwright {

struct Invitation {
    std::string platform; ///< URL
    std::string token;
    Instant expires = 0;
    std::string platformKid; ///< or empty
    std::string caSha256;    ///< hex, or empty
};

/// A file's JSON, or the link `sealwright://register?invitation=…`. InvitationInvalid, InvitationExpired.
Outcome<Invitation> parseInvitation(std::string_view text, Instant now);

struct Challenge {
    std::string challengeId;
    std::string challenge; ///< b64, RSA-OAEP-256 of 32 bytes
    crypto::JwkSet platformKeys;
};

/// The payload of `sealwright-proof`; the JWS is made by signJws. Lives five minutes.
Outcome<std::string> makeProofPayload(const Challenge& challenge, std::string_view aud,
                                      const crypto::DecryptionKey& dec, std::string_view sigKid, Instant now);
/// The platform's side: RegistrationInvalid where audience, times, kids or answer differ.
Outcome<void> checkProof(std::string_view jws, const crypto::VerificationKey& machineSig, std::string_view encKid,
                         std::string_view aud, std::string_view challengeId, const crypto::SecretBytes& challengeBytes,
                         Instant now);

/// The second proof of a rotation: the same payload, signed by the machine's key until now. RegistrationInvalid where
/// signature or payload differ; says nothing about the first proof.
Outcome<void> checkOldProof(std::string_view oldJws, std::string_view newJws, const crypto::VerificationKey& oldSig,
                            const crypto::VerificationKey& newSig);

struct Registration {
    std::string machineId, platform;
    crypto::JwkSet keys;
    std::vector<std::string> hosts;
    Instant issued = 0;
    std::string platformKid; ///< of the key that signed it
    std::string jws;
};

/// First registration: must be signed by the invitation's platform_kid, or, where that is empty, by one of `offered`
/// (the challenge answer's keys); the caller then has a person accept platformKid. RegistrationInvalid.
Outcome<Registration> readRegistration(std::string_view jws, std::string_view expectedKid,
                                       const crypto::JwkSet& offered, std::string_view platform);
/// A later one: signed by a pinned key, same machine and platform, issued later.
Outcome<Registration> readUpdate(std::string_view jws, const Registration& kept);

} // namespace sealwright
