#include "tests/platform/core/job_credentials.h"

#include "crypto/base/control_json.h"
#include "crypto/jose/jws.h"

namespace sealwright::platform {

using crypto::JsonObject;

namespace {

/// How long credentials that do not end by themselves are said to be good.
constexpr Instant longLife = 30 * secondsADay;

std::string plain(const crypto::SecretBytes& secret) {
    return std::string(asText(secret.reveal()));
}

} // namespace

Outcome<StorageCredentials> OwnStorageAccess::forJob(const JobScope&) {
    return StorageCredentials{m_own.accessKey, crypto::SecretBytes(asBytes(m_own.secretKey)), {}, {}};
}

std::variant<JobCredentials::Sealed, Reply> JobCredentials::sealFor(const Machine& machine, const JobScope& scope,
                                                                    bool amqp) {
    const auto given = m_storage.forJob(scope);
    if (!given && given.error().code == Code::PolicyInvalid)
        return problem("request.invalid", "a name in source or target that no policy can be written for");
    if (!given)
        return problem("unavailable", "the object store gives no credentials");
    JsonObject storage{{"access_key", given->accessKey}, {"secret_key", plain(given->secretKey)}};
    if (!given->sessionToken.empty())
        storage.emplace_back("session_token", plain(given->sessionToken));
    if (given->expires)
        storage.emplace_back("expires", toRfc3339(*given->expires));
    JsonObject secrets{{"storage", std::move(storage)}};
    if (amqp)
        secrets.emplace_back("amqp", JsonObject{{"user", m_broker.user}, {"password", plain(m_broker.password)}});
    auto text = crypto::writeControlJson(secrets);
    const auto jwe = crypto::encryptJwe(crypto::SecretBytes(asBytes(text)), machine.enc);
    crypto::wipe(text);
    if (!jwe)
        return problem("internal", "the machine's key seals nothing");
    return Sealed{*jwe, given->expires.value_or(now() + longLife)};
}

} // namespace sealwright::platform
