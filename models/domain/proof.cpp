#include "crypto/base/b64.h"
#include "crypto/primitives/hmac.h"
#include "models/domain/document.h"
#include "models/domain/registration.h"

// Proof that a machine holds both its private keys (FORMAT.md §10, step 2).
namespace sealwright {
namespace {

constexpr Instant proofLife = 5 * 60;

/// HMAC-SHA-256 keyed with the challenge's bytes, which themselves are never sent.
Bytes answerTo(const crypto::SecretBytes& challenge, std::string_view aud, std::string_view challengeId) {
    std::string message("sealwright/v1/challenge");
    message += '\0';
    message += aud;
    message += '\0';
    message += challengeId;
    const crypto::Sha256Digest mac = crypto::hmacSha256(challenge.reveal(), asBytes(message));
    return Bytes(mac.begin(), mac.end());
}

struct Proof {
    std::string aud, challengeId, encKid, sigKid;
    Bytes answer;
    Instant issued = 0, expires = 0;
};

Outcome<Proof> proofFromJson(std::string_view text) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text);
    if (!json) {
        return fail({Code::RegistrationInvalid, {""}});
    }
    DocumentCheck check(Code::RegistrationInvalid);
    MemberReader in(check, &*json, {});
    Proof proof;
    proof.aud = in.text("aud");
    proof.challengeId = in.text("challenge_id");
    proof.answer = in.b64("answer", 32);
    proof.encKid = in.text("enc_kid");
    proof.sigKid = in.text("sig_kid");
    proof.issued = in.time("issued");
    proof.expires = in.time("expires");
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return proof;
}

} // namespace

Outcome<std::string> makeProofPayload(const Challenge& challenge, std::string_view aud,
                                      const crypto::DecryptionKey& dec, std::string_view sigKid, Instant now) {
    const crypto::Result<crypto::SecretBytes> bytes = dec.unwrap(challenge.challenge);
    if (!bytes) {
        return fail({Code::RegistrationInvalid, {"challenge"}});
    }
    return crypto::writeControlJson(crypto::JsonObject{
        {"aud", aud},
        {"challenge_id", challenge.challengeId},
        {"answer", crypto::b64Encode(answerTo(*bytes, aud, challenge.challengeId))},
        {"enc_kid", dec.kid()},
        {"sig_kid", sigKid},
        {"issued", toRfc3339(now)},
        {"expires", toRfc3339(now + proofLife)},
    });
}

Outcome<void> checkProof(std::string_view jws, const crypto::VerificationKey& machineSig, std::string_view encKid,
                         std::string_view aud, std::string_view challengeId, const crypto::SecretBytes& challengeBytes,
                         Instant now) {
    const crypto::Result<crypto::VerifiedJws> verified = crypto::verifyJws(jws, "sealwright-proof", {machineSig});
    if (!verified) {
        return fail({Code::RegistrationInvalid, {"signature"}});
    }
    const Outcome<Proof> proof = proofFromJson(verified->payload);
    if (!proof) {
        return proof.failed();
    }
    const auto refused = [](std::string member) { return fail({Code::RegistrationInvalid, {std::move(member)}}); };
    if (proof->aud != aud) {
        return refused("aud");
    }
    if (proof->challengeId != challengeId) {
        return refused("challenge_id");
    }
    if (proof->encKid != encKid) {
        return refused("enc_kid");
    }
    if (proof->sigKid != machineSig.kid) {
        return refused("sig_kid");
    }
    if (proof->issued > now + proofLife) {
        return refused("issued");
    }
    if (proof->expires <= now) {
        return refused("expires");
    }
    if (!crypto::equalConstantTime(proof->answer, answerTo(challengeBytes, aud, challengeId))) {
        return refused("answer");
    }
    return {};
}

Outcome<void> checkOldProof(std::string_view oldJws, std::string_view newJws, const crypto::VerificationKey& oldSig,
                            const crypto::VerificationKey& newSig) {
    const auto before = crypto::verifyJws(oldJws, "sealwright-proof", {oldSig});
    const auto after = crypto::verifyJws(newJws, "sealwright-proof", {newSig});
    if (!before || !after) {
        return fail({Code::RegistrationInvalid, {"signature"}});
    }
    if (before->payload != after->payload) {
        return fail({Code::RegistrationInvalid, {"payload"}});
    }
    return {};
}

} // namespace sealwright
