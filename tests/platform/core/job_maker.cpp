#include "tests/platform/core/job_maker.h"

#include "crypto/base/b64.h"
#include "crypto/jose/jws.h"
#include "crypto/keys/derive.h"

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

JobMaker::JobMaker(const Identity& identity, JobStore& jobs, KeyStore& keys, Storage given)
    : m_identity(identity), m_jobs(jobs), m_keys(keys), m_given(std::move(given)) {}

std::optional<Json> JobMaker::keyFor(const JobOrder& order, const Machine& machine, const std::string& jobId) {
    const std::string id = "dek/" + jobId;
    if (order.recipients)
        return JsonObject{{"version", 1}, {"id", id}, {"recipients", crypto::toJson(*order.recipients)}};
    const auto dek = crypto::freshDek();
    const auto wrapped = crypto::wrapKey(dek, machine.enc);
    if (!wrapped)
        return std::nullopt;
    m_keys.put(id, dek);
    return JsonObject{
        {"version", 1}, {"id", id}, {"kid", machine.enc.kid}, {"alg", "RSA-OAEP-256"}, {"wrapped_key", *wrapped}};
}

std::optional<Json> JobMaker::joinKeyFor(const std::string& id, const Machine& machine) {
    auto key = m_keys.get("join/" + id);
    if (!key) {
        key = crypto::freshDek();
        m_keys.put("join/" + id, *key);
    }
    const auto wrapped = crypto::wrapKey(*key, machine.enc);
    if (!wrapped)
        return std::nullopt;
    return JsonObject{{"id", id},
                      {"version", 1},
                      {"commitment", crypto::b64Encode(crypto::joinCommitment(*key, id))},
                      {"kid", machine.enc.kid},
                      {"alg", "RSA-OAEP-256"},
                      {"wrapped_key", *wrapped}};
}

std::optional<std::string> JobMaker::secretsFor(const JobOrder& order, const Machine& machine) const {
    JsonObject secrets{{"storage", JsonObject{{"access_key", m_given.accessKey}, {"secret_key", m_given.secretKey}}}};
    if (const auto* kind = order.feedback ? order.feedback->find("kind") : nullptr; kind && *kind == Json("amqp"))
        secrets.emplace_back("amqp", JsonObject{{"user", "nobody"}, {"password", freshToken()}});
    auto text = crypto::writeControlJson(secrets);
    const auto jwe = crypto::encryptJwe(crypto::SecretBytes(asBytes(text)), machine.enc);
    crypto::wipe(text);
    return jwe ? std::optional(*jwe) : std::nullopt;
}

std::optional<JobRow> JobMaker::make(const JobOrder& order, const Machine& machine) {
    const auto id = freshUuid();
    auto key = keyFor(order, machine, id);
    auto joinKey = order.joinKeyId.empty() ? std::optional<Json>() : joinKeyFor(order.joinKeyId, machine);
    const auto secrets = secretsFor(order, machine);
    if (!key || !secrets || (!order.joinKeyId.empty() && !joinKey))
        return std::nullopt;
    JsonObject job{{"format", "sealwright-job/1"},
                   {"job_id", id},
                   {"machine_id", machine.id},
                   {"dataset_id", freshUuid()},
                   {"name", order.name}};
    if (!order.purpose.empty())
        job.emplace_back("purpose", order.purpose);
    job.emplace_back("issued", toRfc3339(order.issued));
    job.emplace_back("expires", toRfc3339(order.expires));
    job.emplace_back("source", order.source);
    job.emplace_back("target", JsonObject{{"bucket", order.targetBucket}, {"prefix", order.targetPrefix}});
    job.emplace_back("storage", JsonObject{{"endpoint", m_given.endpoint}, {"region", m_given.region}});
    job.emplace_back("key", std::move(*key));
    if (joinKey)
        job.emplace_back("join_key", std::move(*joinKey));
    job.emplace_back("policy", order.policy);
    job.emplace_back("feedback", order.feedback.value_or(JsonObject{{"kind", "rest"}}));
    job.emplace_back("secrets", *secrets);
    JobRow row{id,
               machine.id,
               crypto::signJws("sealwright-job", crypto::writeControlJson(job), m_identity.key),
               JobState::Pending,
               0,
               now(),
               order.expires};
    m_jobs.add(row);
    return row;
}

} // namespace sealwright::platform
