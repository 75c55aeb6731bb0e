#pragma once
#include "models/tasks/machine.h"

#include <chrono>
#include <mutex>

namespace sealwright {

/// A job's credentials for the object store: those it came with, and new ones from the platform when they are about to
/// end, or the store refuses them. Any thread; who comes while they are being renewed waits for that.
class JobCredentials : public CredentialSource {
public:
    /// Opens the job's own. KeyNotForThis, JobInvalid. All are borrowed.
    static Outcome<std::unique_ptr<JobCredentials>>
    open(const Services& services, const Job& job, const PinnedRegistration& registration, const MachineKeys& keys);

    Shared current(const Cancel& cancel) override;
    Shared insteadOf(const Shared& refused, const Cancel& cancel) override;

private:
    JobCredentials(const Services& services, const Job& job, const PinnedRegistration& registration,
                   const MachineKeys& keys, StorageCredentials first);
    void renew(const Cancel& cancel); ///< under m_mutex; what cannot be renewed stays

    const Services& m_services;
    const Job& m_job;
    const std::vector<crypto::VerificationKey> m_pinned;
    const MachineKeys& m_keys;
    std::mutex m_mutex;
    Shared m_current;
    std::optional<std::chrono::steady_clock::time_point> m_tried;
};

} // namespace sealwright
