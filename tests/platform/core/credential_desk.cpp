#include "tests/platform/core/credential_desk.h"

#include "crypto/base/control_json.h"
#include "crypto/jose/jws.h"

namespace sealwright::platform {

using crypto::JsonObject;

namespace {

std::optional<Reply> refusal(const std::optional<JobRow>& job, const Machine& machine) {
    if (!job || job->machineId != machine.id)
        return problem("job.unknown");
    if (job->state == JobState::Done || job->state == JobState::Declined)
        return problem("job.finished", "The job is " + std::string(toText(job->state)) + ".");
    if (job->state == JobState::Cancelled)
        return problem("job.withdrawn");
    const bool underWay = job->state == JobState::Claimed || job->state == JobState::Running;
    if (!underWay && job->expires < now())
        return problem("job.expired");
    return std::nullopt;
}

} // namespace

CredentialDesk::CredentialDesk(const Identity& identity, const JobStore& jobs, JobCredentials& credentials)
    : m_identity(identity), m_jobs(jobs), m_credentials(credentials) {}

Reply CredentialDesk::renew(const Machine& machine, const std::string& jobId) const {
    const auto row = m_jobs.job(jobId);
    if (auto refused = refusal(row, machine))
        return *refused;
    const auto job = readJob(row->jws, {machine.id, m_identity.hosts, m_identity.everyKey(), machine.encKids(), now()});
    if (!job)
        return problem("internal", "a job of the platform's own cannot be read");
    const auto secrets =
        m_credentials.sealFor(machine, {job->object, job->targetBucket, job->targetPrefix}, job->feedback.amqp);
    if (const auto* wrong = std::get_if<Reply>(&secrets))
        return *wrong;
    const auto& sealed = std::get<JobCredentials::Sealed>(secrets);
    const auto document = crypto::writeControlJson(JsonObject{{"format", "sealwright-credentials/1"},
                                                              {"job_id", jobId},
                                                              {"machine_id", machine.id},
                                                              {"issued", toRfc3339(now())},
                                                              {"expires", toRfc3339(sealed.expires)},
                                                              {"secrets", sealed.jwe}});
    return {200, JsonObject{{"credentials", crypto::signJws("sealwright-credentials", document, m_identity.key)}}, {}};
}

} // namespace sealwright::platform
