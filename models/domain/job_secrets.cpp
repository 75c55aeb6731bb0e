#include "crypto/keys/derive.h"
#include "models/domain/document.h"
#include "models/domain/job.h"

// What a job carries for this machine's eyes alone (FORMAT.md §8).
namespace sealwright {
namespace {

constexpr Instant mostAhead = 5 * 60; ///< as of a job

crypto::SecretBytes secretText(MemberReader& in, std::string_view name) {
    std::string text = in.text(name);
    crypto::SecretBytes secret(asBytes(text));
    crypto::wipe(text);
    return secret;
}

/// Overwrites every text of a document that held secrets.
void wipeTexts(const crypto::Json& json) {
    if (const std::string* text = json.string()) {
        crypto::wipe(const_cast<std::string&>(*text)); // NOLINT: the document is this file's own and goes next
    } else if (const crypto::JsonArray* items = json.array()) {
        for (const crypto::Json& item : *items) {
            wipeTexts(item);
        }
    } else if (const crypto::JsonObject* members = json.object()) {
        for (const crypto::JsonMember& member : *members) {
            wipeTexts(member.second);
        }
    }
}

Outcome<JobSecrets> readSecrets(const crypto::Json& json, Code invalid) {
    DocumentCheck check(invalid);
    MemberReader in(check, &json, "secrets");
    JobSecrets secrets;
    MemberReader storage = in.object("storage");
    secrets.storage.accessKey = storage.nonEmpty("access_key");
    secrets.storage.secretKey = secretText(storage, "secret_key");
    if (storage.has("session_token")) {
        secrets.storage.sessionToken = secretText(storage, "session_token");
    }
    if (storage.has("expires")) {
        secrets.storage.expires = storage.time("expires");
    }
    storage.close();
    if (in.has("amqp")) {
        MemberReader amqp = in.object("amqp");
        secrets.amqpUser = amqp.text("user");
        secrets.amqpPassword = secretText(amqp, "password");
        amqp.close();
    }
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return secrets;
}

Outcome<crypto::SecretBytes> unwrapped(const crypto::DecryptionKey& key, const std::string& kid,
                                       const std::string& wrapped) {
    crypto::Result<crypto::SecretBytes> opened =
        kid == key.kid() ? key.unwrap(wrapped)
                         : crypto::Result<crypto::SecretBytes>(crypto::fail(crypto::Error::UnknownKey));
    if (!opened) {
        return fail(Code::KeyNotForThis);
    }
    return std::move(opened).value();
}

Outcome<JobSecrets> openSecrets(const std::string& jwe, const crypto::DecryptionKey& key, Code invalid) {
    const crypto::Result<crypto::SecretBytes> opened = crypto::decryptJwe(jwe, key);
    if (!opened) {
        const bool broken = opened.error() == crypto::Error::BadEncoding || opened.error() == crypto::Error::BadHeader;
        return broken ? fail({invalid, {"secrets"}}) : fail(Code::KeyNotForThis);
    }
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(asText(opened->reveal()));
    if (!json) {
        return fail({invalid, {"secrets"}});
    }
    Outcome<JobSecrets> secrets = readSecrets(*json, invalid);
    wipeTexts(*json);
    return secrets;
}

} // namespace

StorageCredentials StorageCredentials::clone() const {
    return {accessKey, secretKey.clone(), sessionToken.clone(), expires};
}

Outcome<JobSecrets> openJobSecrets(const Job& job, const crypto::DecryptionKey& key) {
    return openSecrets(job.secretsJwe, key, Code::JobInvalid);
}

Outcome<JobSecrets> readRenewedSecrets(std::string_view jws, const Job& job,
                                       const std::vector<crypto::VerificationKey>& pinned,
                                       const crypto::DecryptionKey& key, Instant now) {
    constexpr Code invalid = Code::PlatformAnswerInvalid;
    const crypto::Result<crypto::VerifiedJws> verified =
        jws.size() > maxJwsBytes ? crypto::Result<crypto::VerifiedJws>(crypto::fail(crypto::Error::BadEncoding))
                                 : crypto::verifyJws(jws, "sealwright-credentials", pinned);
    if (!verified) {
        return fail({invalid, {"credentials"}});
    }
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(verified->payload);
    if (!json) {
        return fail({invalid, {"credentials"}});
    }
    DocumentCheck check(invalid);
    MemberReader in(check, &*json, {});
    in.exactly("format", "sealwright-credentials/1");
    in.exactly("job_id", job.jobId);
    in.exactly("machine_id", job.machineId);
    const Instant issued = in.time("issued"), expires = in.time("expires");
    if (issued > now + mostAhead) {
        in.refuse("issued");
    }
    if (expires <= issued || expires <= now) {
        in.refuse("expires");
    }
    const std::string jwe = in.nonEmpty("secrets");
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    Outcome<JobSecrets> secrets = openSecrets(jwe, key, invalid);
    if (secrets) {
        secrets->expires = expires;
        if (!secrets->storage.expires) {
            secrets->storage.expires = expires;
        }
    }
    return secrets;
}

Outcome<crypto::SecretBytes> openJobKey(const Job& job, const crypto::DecryptionKey& key) {
    return unwrapped(key, job.key.kid, job.key.wrappedKey);
}

Outcome<crypto::SecretBytes> openJobJoinKey(const Job& job, const crypto::DecryptionKey& key) {
    Outcome<crypto::SecretBytes> opened = unwrapped(key, job.joinKey->kid, job.joinKey->wrappedKey);
    if (opened &&
        !crypto::equalConstantTime(crypto::joinCommitment(*opened, job.joinKey->id), job.joinKey->commitment)) {
        return fail(Code::AuthWrongKey);
    }
    return opened;
}

} // namespace sealwright
