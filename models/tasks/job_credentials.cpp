#include "models/tasks/job_credentials.h"

#include "models/tasks/registering.h"

namespace sealwright {

namespace {

/// A platform that gives only credentials that end soon, or none, is not asked before every call.
constexpr std::chrono::seconds betweenTries{30};

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
    const bool ending = m_current->expires && *m_current->expires - now() < ahead;
    if (ending && (!m_tried || std::chrono::steady_clock::now() - *m_tried >= betweenTries))
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
    const auto access = platformAccess(m_services);
    if (!access)
        return;
    const auto jws = m_services.api->renewedCredentials(*access, m_job.jobId, cancel);
    if (!jws)
        return;
    auto secrets = readRenewedSecrets(*jws, m_job, m_pinned, m_keys.opening(), now());
    // Keys that were rotated under way: the platform seals what is new for the new one.
    if (!secrets && secrets.error().code == Code::KeyNotForThis && m_keys.former)
        secrets = readRenewedSecrets(*jws, m_job, m_pinned, m_keys.dec, now());
    if (secrets)
        m_current = shared(std::move(secrets->storage));
}

} // namespace sealwright
