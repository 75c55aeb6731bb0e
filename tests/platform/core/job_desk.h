#pragma once
#include "tests/platform/core/completion.h"
#include "tests/platform/core/job_store.h"
#include "tests/platform/core/result_desk.h"

namespace sealwright::platform {

/// A machine's jobs and what it tells about them.
class JobDesk {
public:
    JobDesk(JobStore& jobs, Completion& completion, ResultDesk& results);

    Reply list(const Machine& machine) const;
    Reply read(const Machine& machine, const std::string& jobId) const;
    /// `text` is the body as it came: what an Idempotency-Key stands for.
    Reply event(const Machine& machine, const std::string& jobId, const std::string& key, const crypto::Json& body,
                const std::string& text);

private:
    std::variant<JobState, Reply> stateAfter(const JobRow& job, const std::string& kind) const;
    std::variant<ResultDesk::Result, Reply> complete(const Machine& machine, const JobRow& job,
                                                     const crypto::Json& body);

    JobStore& m_jobs;
    Completion& m_completion;
    ResultDesk& m_results;
};

} // namespace sealwright::platform
