#include "models/tasks/job_credentials.h"

#include "models/tasks/renewed_secrets.h"

namespace sealwright {

namespace {

CredentialSource::Shared shared(StorageCredentials credentials) {
    return std::make_shared<const StorageCredentials>(std::move(credentials));
}

} // namespace

Outcome<std::unique_ptr<JobCredentials>> JobCredentials::open(const Services& services, const Job& job,
                                                              const PinnedRegistration& registration,
                                                              const MachineKeys& keys) {
    auto secrets = openJobSecrets(job, keys.opening());
    if (!secrets)
        return secrets.failed();
    return std::unique_ptr<JobCredentials>(
        new JobCredentials(services, job, registration, keys, std::move(secrets->storage)));
}

JobCredentials::JobCredentials(const Services& services, const Job& job, const PinnedRegistration& registration,
                               const MachineKeys& keys, StorageCredentials first)
    : m_services(services),
      m_job(job),
      m_pinned(registration.registration.keys.sig),
      m_keys(keys),
      m_current(shared(std::move(first))) {}

CredentialSource::Shared JobCredentials::current(const Cancel& cancel) {
    const std::lock_guard lock(m_mutex);
    const bool ending = m_current->expires && *m_current->expires - now() < renewedAhead;
    if (ending && (!m_tried || std::chrono::steady_clock::now() - *m_tried >= betweenRenewals))
        renew(cancel);
    return m_current;
}

CredentialSource::Shared JobCredentials::insteadOf(const Shared& refused, const Cancel& cancel) {
    const std::lock_guard lock(m_mutex);
    if (m_current == refused)
        renew(cancel);
    return m_current == refused ? nullptr : m_current;
}

void JobCredentials::renew(const Cancel& cancel) {
    m_tried = std::chrono::steady_clock::now();
    auto secrets = renewedSecrets(m_services, m_job, m_pinned, m_keys, cancel);
    if (secrets)
        m_current = shared(std::move(secrets->storage));
}

} // namespace sealwright
