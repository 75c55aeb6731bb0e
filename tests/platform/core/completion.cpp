#include "tests/platform/core/completion.h"

#include "crypto/jose/jws.h"
#include "crypto/keys/derive.h"

#include <algorithm>

namespace sealwright::platform {

namespace {

bool namesLeaf(const Policy& policy, const std::string& leaf) {
    return std::any_of(policy.fields.begin(), policy.fields.end(),
                       [&](const FieldRule& rule) { return rule.path == leaf || isAncestorPath(rule.path, leaf); });
}

/// A job made before the machine's keys were rotated may be finished with the earlier ones.
bool isOwn(const Machine& machine, const std::string& kid) {
    const auto kids = machine.encKids();
    return std::find(kids.begin(), kids.end(), kid) != kids.end();
}

} // namespace

Completion::Completion(const Identity& identity, KeyStore& keys, Bucket& bucket)
    : m_identity(identity), m_keys(keys), m_bucket(bucket) {}

std::string Completion::wrongKey(const Manifest& manifest, const Job& job, const Machine& machine,
                                 const crypto::SecretBytes* dek) const {
    if (manifest.keyVersion != job.key.version || manifest.keyId != job.key.id)
        return "key";
    bool own = false, held = false;
    for (const auto& slot : manifest.recipients) {
        own = own || (!slot.held() && isOwn(machine, slot.kid));
        held = held || (slot.held() && slot.kid == job.platformKid);
    }
    if (!own || held != job.key.madeByPlatform())
        return "key.recipients";
    for (const auto& wanted : job.key.recipients)
        if (std::none_of(manifest.recipients.begin(), manifest.recipients.end(),
                         [&](const RecipientSlot& slot) { return slot.kid == wanted.kid && !slot.wrappedKey.empty(); }))
            return "key.recipients";
    for (const auto& slot : manifest.recipients) // nobody but those whom the job names
        if (!slot.held() && !isOwn(machine, slot.kid) &&
            std::none_of(job.key.recipients.begin(), job.key.recipients.end(),
                         [&](const auto& wanted) { return wanted.kid == slot.kid; }))
            return "key.recipients";
    for (const auto& run : manifest.runs)
        if (dek && !crypto::equalConstantTime(crypto::commitment(*dek, run.runId), run.commitment))
            return "runs.commitment";
    return {};
}

std::string Completion::wrongJoinKey(const Manifest& manifest, const Job& job, const Machine& machine) const {
    if (manifest.joinKey.has_value() != job.joinKey.has_value())
        return "join_key";
    if (!job.joinKey)
        return {};
    const auto& given = *manifest.joinKey;
    if (given.id != job.joinKey->id || given.version != job.joinKey->version)
        return "join_key";
    if (!crypto::equalConstantTime(given.commitment, job.joinKey->commitment))
        return "join_key.commitment";
    // This machine and, as `held`, the platform: it is wrapped for nobody else (FORMAT.md §8).
    const auto isWanted = [&](const RecipientSlot& slot) {
        return slot.held() ? slot.kid == job.platformKid : isOwn(machine, slot.kid);
    };
    const bool held = std::any_of(given.recipients.begin(), given.recipients.end(),
                                  [](const RecipientSlot& slot) { return slot.held(); });
    const bool all = std::all_of(given.recipients.begin(), given.recipients.end(), isWanted);
    return given.recipients.size() == 2 && held && all ? "" : "join_key.recipients";
}

std::string Completion::weakerField(const Manifest& manifest, const Job& job) const {
    for (const auto& field : manifest.dataset->fields)
        if (namesLeaf(job.policy, field.path) &&
            isWeaker(resolveLeaf(*manifest.policy, field.path), resolveLeaf(job.policy, field.path)))
            return "policy: " + field.path;
    return {};
}

std::string Completion::wrongIn(const Manifest& manifest, const Job& job, const Machine& machine,
                                const crypto::SecretBytes* dek) const {
    if (manifest.isPackage || !manifest.dataset || !manifest.policy)
        return "kind";
    if (manifest.datasetId != job.datasetId)
        return "dataset_id";
    if (manifest.jobId != job.jobId)
        return "job_id";
    if (auto wrong = wrongJoinKey(manifest, job, machine); !wrong.empty())
        return wrong;
    if (auto wrong = wrongKey(manifest, job, machine, dek); !wrong.empty())
        return wrong;
    return weakerField(manifest, job);
}

Outcome<std::string> Completion::missingObject(const Manifest& manifest, const JobObjects& objects,
                                               const std::string& manifestText, const std::string& signature) {
    const auto size = m_bucket.sizeOf(objects.data);
    if (!size)
        return size.failed();
    if (*size != manifest.content.front().size)
        return objects.data;
    for (const auto& [object, wanted] : {std::pair(objects.manifest, manifestText), {objects.signature, signature}}) {
        const auto there = m_bucket.get(object);
        if (!there)
            return there.failed();
        if (*there != wanted)
            return object;
    }
    return std::string();
}

std::variant<CheckedIn, Reply> Completion::judge(const std::string& jobJws, const Machine& machine,
                                                 const std::string& manifestText, const std::string& signature) {
    const auto job = readJob(jobJws, {machine.id, m_identity.hosts, m_identity.everyKey(), machine.encKids(), now()});
    if (!job)
        return problem("internal", "a job of the platform's own cannot be read");
    if (!crypto::verifyDetached(signature, "sealwright-manifest", manifestText, machine.signers()))
        return problem("signature.refused");
    auto manifest = parseManifest(manifestText);
    if (!manifest)
        return problem("manifest.refused",
                       manifest.error().facts.empty() ? std::string() : manifest.error().facts.front());
    std::optional<crypto::SecretBytes> dek;
    if (job->key.madeByPlatform()) {
        auto kept = m_keys.get(job->key.id);
        if (!kept)
            return problem("unavailable", "the key store does not answer");
        if (!*kept)
            return problem("internal", "the job's key is not in the key store");
        dek = std::move(*kept);
    }
    if (const auto wrong = wrongIn(*manifest, *job, machine, dek ? &*dek : nullptr); !wrong.empty())
        return problem("manifest.refused", wrong);
    const auto objects = objectsOf(*job, manifest->dataset->mediaType);
    const auto missing = missingObject(*manifest, objects, manifestText, signature);
    if (!missing)
        return problem("unavailable", "the object store does not answer");
    if (!missing->empty())
        return problem("objects.missing", *missing);
    return CheckedIn{std::move(*manifest), objects.data};
}

} // namespace sealwright::platform
