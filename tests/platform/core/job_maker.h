#pragma once
#include "tests/platform/core/identity.h"
#include "tests/platform/core/job_credentials.h"
#include "tests/platform/core/job_store.h"
#include "tests/platform/core/key_store.h"
#include "tests/platform/core/registry.h"

namespace sealwright::platform {

/// What somebody wants checked in. JSON members go into the job as they are.
struct JobOrder {
    std::string name, purpose;
    crypto::Json source;
    std::string targetBucket, targetPrefix;
    crypto::Json policy;
    std::optional<crypto::JwkSet>
        recipients;        ///< set: the key stays with the owner, who wraps it for these (§8, second form)
    std::string joinKeyId; ///< empty: none; made by the platform where it is new
    std::optional<crypto::Json> feedback; ///< else as the platform has it
    Instant issued = 0, expires = 0;
};

/// Turns an order into a signed job for one machine (FORMAT.md §8), with a fresh DEK each, and puts it on the machine's
/// list.
class JobMaker {
public:
    /// `feedback` is what jobs have whose order asks for nothing else.
    JobMaker(const Identity& identity, JobStore& jobs, KeyStore& keys, JobCredentials& credentials,
             const Storage& storage, crypto::Json feedback);

    /// The job, or the problem why there is none: then it is on no list, and no key that was made for it is named
    /// anywhere.
    std::variant<JobRow, Reply> make(const JobOrder& order, const Machine& machine);

private:
    using Made = std::variant<crypto::Json, Reply>;
    Made keyFor(const JobOrder& order, const Machine& machine, const std::string& jobId);
    Made joinKeyFor(const std::string& id, const Machine& machine);

    const Identity& m_identity;
    JobStore& m_jobs;
    KeyStore& m_keys;
    JobCredentials& m_credentials;
    const std::string m_endpoint, m_region;
    const crypto::Json m_feedback;
};

} // namespace sealwright::platform
