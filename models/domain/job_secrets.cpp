#include "crypto/keys/derive.h"
#include "models/domain/document.h"
#include "models/domain/job.h"

// What a job carries for this machine's eyes alone (FORMAT.md §8).
namespace sealwright {
namespace {

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

Outcome<JobSecrets> readSecrets(const crypto::Json& json) {
    DocumentCheck check(Code::JobInvalid);
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

} // namespace

StorageCredentials StorageCredentials::clone() const {
    return {accessKey, secretKey.clone(), sessionToken.clone(), expires};
}

Outcome<JobSecrets> openJobSecrets(const Job& job, const crypto::DecryptionKey& key) {
    const crypto::Result<crypto::SecretBytes> opened = crypto::decryptJwe(job.secretsJwe, key);
    if (!opened) {
        const bool broken = opened.error() == crypto::Error::BadEncoding || opened.error() == crypto::Error::BadHeader;
        return broken ? fail({Code::JobInvalid, {"secrets"}}) : fail(Code::KeyNotForThis);
    }
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(asText(opened->reveal()));
    if (!json) {
        return fail({Code::JobInvalid, {"secrets"}});
    }
    Outcome<JobSecrets> secrets = readSecrets(*json);
    wipeTexts(*json);
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
