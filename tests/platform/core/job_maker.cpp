#include "tests/platform/core/job_maker.h"

#include "crypto/base/b64.h"
#include "crypto/jose/jws.h"
#include "crypto/keys/derive.h"

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

/// Where an order's source and target lie; the source's object alone is looked at, nothing else of it.
JobScope scopeOf(const JobOrder& order) {
    JobScope scope{std::nullopt, order.targetBucket, order.targetPrefix};
    const auto *bucket = order.source.find("bucket"), *object = order.source.find("object");
    if (bucket && bucket->string() && object && object->string())
        scope.source = ObjectSource{*bucket->string(), *object->string(), {}, {}};
    return scope;
}

const auto keysAway = [] { return problem("unavailable", "the key store does not answer: no job was made"); };
const auto noWrapping = [] { return problem("internal", "the machine's key wraps nothing"); };

} // namespace

JobMaker::JobMaker(const Identity& identity, JobStore& jobs, KeyStore& keys, JobCredentials& credentials,
                   const Storage& storage, Json feedback)
    : m_identity(identity),
      m_jobs(jobs),
      m_keys(keys),
      m_credentials(credentials),
      m_endpoint(storage.endpoint),
      m_region(storage.region),
      m_feedback(std::move(feedback)) {}

JobMaker::Made JobMaker::keyFor(const JobOrder& order, const Machine& machine, const std::string& jobId) {
    const std::string id = "dek/" + jobId;
    if (order.recipients)
        return JsonObject{{"version", 1}, {"id", id}, {"recipients", crypto::toJson(*order.recipients)}};
    const auto dek = crypto::freshDek();
    const auto wrapped = crypto::wrapKey(dek, machine.enc);
    if (!wrapped)
        return noWrapping();
    if (!m_keys.put(id, dek))
        return keysAway();
    return JsonObject{
        {"version", 1}, {"id", id}, {"kid", machine.enc.kid}, {"alg", "RSA-OAEP-256"}, {"wrapped_key", *wrapped}};
}

JobMaker::Made JobMaker::joinKeyFor(const std::string& id, const Machine& machine) {
    auto kept = m_keys.get("join/" + id);
    if (!kept)
        return keysAway();
    auto key = std::move(*kept);
    if (!key) {
        key = crypto::freshDek();
        if (!m_keys.put("join/" + id, *key))
            return keysAway();
    }
    const auto wrapped = crypto::wrapKey(*key, machine.enc);
    if (!wrapped)
        return noWrapping();
    return JsonObject{{"id", id},
                      {"version", 1},
                      {"commitment", crypto::b64Encode(crypto::joinCommitment(*key, id))},
                      {"kid", machine.enc.kid},
                      {"alg", "RSA-OAEP-256"},
                      {"wrapped_key", *wrapped}};
}

std::variant<JobRow, Reply> JobMaker::make(const JobOrder& order, const Machine& machine) {
    const auto id = freshUuid();
    const auto feedback = order.feedback.value_or(m_feedback);
    const auto* kind = feedback.find("kind");
    const auto secrets = m_credentials.sealFor(machine, scopeOf(order), kind && *kind == Json("amqp"));
    if (const auto* wrong = std::get_if<Reply>(&secrets))
        return *wrong;
    Made joinKey;
    if (!order.joinKeyId.empty())
        joinKey = joinKeyFor(order.joinKeyId, machine);
    if (const auto* wrong = std::get_if<Reply>(&joinKey))
        return *wrong;
    const auto key = keyFor(order, machine, id); // last, for it leaves something behind
    if (const auto* wrong = std::get_if<Reply>(&key))
        return *wrong;
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
    job.emplace_back("storage", JsonObject{{"endpoint", m_endpoint}, {"region", m_region}});
    job.emplace_back("key", std::get<Json>(key));
    if (!order.joinKeyId.empty())
        job.emplace_back("join_key", std::get<Json>(std::move(joinKey)));
    job.emplace_back("policy", order.policy);
    job.emplace_back("feedback", feedback);
    job.emplace_back("secrets", std::get<JobCredentials::Sealed>(secrets).jwe);
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
