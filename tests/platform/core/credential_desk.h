#pragma once
#include "tests/platform/core/identity.h"
#include "tests/platform/core/job_credentials.h"
#include "tests/platform/core/job_store.h"

namespace sealwright::platform {

/// New credentials for a job that a machine has taken up or may still take up (FORMAT.md §8, `sealwright-credentials`).
class CredentialDesk {
public:
    CredentialDesk(const Identity& identity, const JobStore& jobs, JobCredentials& credentials);
    Reply renew(const Machine& machine, const std::string& jobId) const;

private:
    const Identity& m_identity;
    const JobStore& m_jobs;
    JobCredentials& m_credentials;
};

} // namespace sealwright::platform
