#pragma once
#include "models/tasks/job_credentials.h"
#include "models/tasks/machine_keys.h"

namespace sealwright {

/// What a job's place in the object store is reached by, outside of a run. It stays where it was made: the credentials
/// borrow the keys.
class JobAccess {
public:
    /// By what is pinned and by the keys that the job is for. RegistrationMissing, and what loadKeysFor() and
    /// JobCredentials::open() fail with. `services` and `job` are borrowed.
    static Outcome<std::unique_ptr<JobAccess>> open(const Services& services, const Job& job);

    const PinnedRegistration& registration() const { return m_registration; }
    JobCredentials& credentials() { return *m_credentials; }

private:
    JobAccess(PinnedRegistration registration, MachineKeys keys)
        : m_registration(std::move(registration)), m_keys(std::move(keys)) {}

    const PinnedRegistration m_registration;
    const MachineKeys m_keys;
    std::unique_ptr<JobCredentials> m_credentials;
};

} // namespace sealwright
