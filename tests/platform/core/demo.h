#pragma once
#include "tests/platform/core/bucket.h"
#include "tests/platform/core/job_maker.h"

namespace sealwright::platform {

/// The demonstration: two sample sources in the object store, and three jobs for every machine that registers — a CSV
/// and a nested JSON from there with keys made by the platform and joinable patients, and a file of the owner's choice
/// whose key stays with the owner.
class Demo {
public:
    /// `archive` is whom the third job's data is sealed for, beside the machine.
    Demo(Bucket& bucket, JobMaker& maker, std::string samples, crypto::RecipientKey archive);

    bool upload(); ///< false where a sample or the store is not there
    void giveJobs(const Machine& machine);

private:
    void give(const JobOrder& order, const Machine& machine);

    Bucket& m_bucket;
    JobMaker& m_maker;
    const std::string m_samples;
    const crypto::RecipientKey m_archive;
    std::optional<crypto::Json> m_register, m_laboratory; ///< the jobs' sources
};

} // namespace sealwright::platform
