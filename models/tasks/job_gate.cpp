#include "models/tasks/job_gate.h"

#include "crypto/primitives/sha256.h"
#include "crypto/stream/digest.h"

namespace sealwright {

Outcome<JobContext> jobContext(const Services& services) {
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (!*kept)
        return fail(Code::RegistrationMissing);
    const auto keys = services.ledger->keys();
    if (!keys)
        return keys.failed();
    JobContext context;
    context.machineId = (*kept)->registration.machineId;
    context.hosts = (*kept)->registration.hosts;
    context.pinned = (*kept)->registration.keys.sig;
    const auto former = services.ledger->formerKeys();
    if (!former)
        return former.failed();
    for (const auto* list : {&*keys, &*former})
        for (const KeyRecord& key : *list)
            if (!key.signing)
                context.encKids.push_back(key.kid);
    context.now = now();
    return context;
}

Outcome<void> refuseReplay(const Job& job, const std::optional<JobRecord>& record) {
    if (!record)
        return {};
    const std::string hash = crypto::hexLower(crypto::sha256(asBytes(job.jws)));
    if (hash != record->jwsSha256 || record->state == JobState::Done || record->state == JobState::Declined)
        return fail(Failure(Code::JobReplayed, {job.jobId, std::string(toText(record->state))}));
    return {};
}

JobRecord recordOf(const Job& job, JobState state, const std::optional<JobRecord>& before) {
    JobRecord record = before.value_or(JobRecord{});
    record.jobId = job.jobId;
    record.jwsSha256 = crypto::hexLower(crypto::sha256(asBytes(job.jws)));
    record.state = state;
    record.expires = job.expires;
    record.changed = now();
    record.failureCode.clear();
    record.jws = job.jws;
    return record;
}

} // namespace sealwright
