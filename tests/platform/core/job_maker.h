#pragma once
#include "tests/platform/core/identity.h"
#include "tests/platform/core/job_store.h"
#include "tests/platform/core/key_store.h"
#include "tests/platform/core/presign.h"
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
    std::optional<crypto::Json> feedback; ///< else rest
    Instant issued = 0, expires = 0;
};

/// Turns an order into a signed job for one machine (FORMAT.md §8), with a fresh DEK each, and puts it on the machine's
/// list.
class JobMaker {
public:
    /// `given` are the storage credentials that jobs carry.
    JobMaker(const Identity& identity, JobStore& jobs, KeyStore& keys, Storage given);

    /// Nothing where a key cannot be wrapped.
    std::optional<JobRow> make(const JobOrder& order, const Machine& machine);

private:
    std::optional<crypto::Json> keyFor(const JobOrder& order, const Machine& machine, const std::string& jobId);
    std::optional<crypto::Json> joinKeyFor(const std::string& id, const Machine& machine);
    std::optional<std::string> secretsFor(const JobOrder& order, const Machine& machine) const;

    const Identity& m_identity;
    JobStore& m_jobs;
    KeyStore& m_keys;
    const Storage m_given;
};

} // namespace sealwright::platform
