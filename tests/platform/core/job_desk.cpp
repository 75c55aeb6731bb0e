#include "tests/platform/core/job_desk.h"

#include "crypto/base/b64.h"

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

Json entryOf(const JobRow& job) {
    return JsonObject{
        {"job_id", job.id}, {"state", toText(job.state)}, {"updated", toRfc3339(job.updated)}, {"job", job.jws}};
}

Reply taken(const std::string& jobId, JobState state, std::uint64_t sequence) {
    return {200, JsonObject{{"job_id", jobId}, {"state", toText(state)}, {"sequence", sequence}}, {}};
}

std::string nameIn(const std::string& jws) {
    const auto first = jws.find('.'), second = jws.find('.', first + 1);
    const auto payload = crypto::b64Decode(std::string_view(jws).substr(first + 1, second - first - 1));
    const auto json = payload ? crypto::parseControlJson(asText(*payload)) : crypto::fail(payload.error());
    return json ? *json->find("name")->string() : std::string();
}

} // namespace

JobDesk::JobDesk(JobStore& jobs, Completion& completion, ResultDesk& results)
    : m_jobs(jobs), m_completion(completion), m_results(results) {}

Reply JobDesk::list(const Machine& machine) const {
    crypto::JsonArray jobs;
    for (const auto& job : m_jobs.jobsOf(machine.id))
        jobs.push_back(entryOf(job));
    return {200, JsonObject{{"jobs", std::move(jobs)}}, {}};
}

Reply JobDesk::read(const Machine& machine, const std::string& jobId) const {
    const auto job = m_jobs.job(jobId);
    return job && job->machineId == machine.id ? Reply{200, entryOf(*job), {}} : problem("job.unknown", jobId);
}

std::variant<JobState, Reply> JobDesk::stateAfter(const JobRow& job, const std::string& kind) const {
    if (job.state == JobState::Done || job.state == JobState::Declined)
        return problem("job.finished", "The job is " + std::string(toText(job.state)) + ".");
    if (kind == "claimed" && job.expires < now())
        return problem("job.expired");
    if (kind == "claimed") // also of a running one, whose machine may have been switched off, and of a cancelled one
        return JobState::Claimed;
    if (kind == "declined")
        return JobState::Declined;
    if (job.state == JobState::Cancelled)
        return problem("job.withdrawn");
    if (job.state != JobState::Claimed && job.state != JobState::Running)
        return problem("job.state", std::string(toText(job.state)) + ", not claimed");
    return kind == "progress" ? JobState::Running : *jobStateFromText(kind);
}

std::variant<ResultDesk::Result, Reply> JobDesk::complete(const Machine& machine, const JobRow& job, const Json& body) {
    auto judged =
        m_completion.judge(job.jws, machine, *body.find("manifest")->string(), *body.find("signature")->string());
    if (const auto* refused = std::get_if<Reply>(&judged))
        return *refused;
    auto result = m_results.make(machine, nameIn(job.jws), std::get<CheckedIn>(judged));
    if (!result)
        return problem("unavailable", "the object store does not answer");
    return std::move(*result);
}

Reply JobDesk::event(const Machine& machine, const std::string& jobId, const std::string& key, const Json& body,
                     const std::string& text) {
    const auto job = m_jobs.job(jobId);
    if (!job || job->machineId != machine.id)
        return problem("job.unknown", jobId);
    if (*body.find("event_id")->string() != key || *body.find("job_id")->string() != jobId ||
        *body.find("machine_id")->string() != machine.id)
        return problem("request.invalid", "event_id, job_id or machine_id is not that of key, path and token");
    if (const auto known = m_jobs.event(key)) {
        if (known->jobId != jobId || known->bodyHash != sha256Hex(text))
            return problem("idempotency.key-reused");
        return taken(jobId, known->stateAfter, known->sequence);
    }
    const auto sequence = static_cast<std::uint64_t>(*body.find("sequence")->integer());
    if (sequence <= job->sequence)
        return problem("event.out-of-order", "The highest so far is " + std::to_string(job->sequence) + ".");
    const auto& kind = *body.find("kind")->string();
    const auto after = stateAfter(*job, kind);
    if (const auto* refused = std::get_if<Reply>(&after))
        return *refused;
    std::optional<ResultDesk::Result> result;
    if (kind == "done") {
        auto completed = complete(machine, *job, body);
        if (const auto* refused = std::get_if<Reply>(&completed))
            return *refused;
        result = std::get<ResultDesk::Result>(std::move(completed));
    }
    const auto state = std::get<JobState>(after);
    m_jobs.addEvent({key, jobId, sha256Hex(text), text, sequence, state}, [&] {
        if (result)
            m_results.add(*result);
    });
    return taken(jobId, state, sequence);
}

} // namespace sealwright::platform
