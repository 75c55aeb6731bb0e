#include "models/tasks/job_access.h"

#include "models/tasks/opening_keys.h"

namespace sealwright {

Outcome<std::unique_ptr<JobAccess>> JobAccess::open(const Services& services, const Job& job) {
    auto registration = services.ledger->registration();
    if (!registration)
        return registration.failed();
    if (!*registration)
        return fail(Code::RegistrationMissing);
    auto keys = loadKeysFor(services, job);
    if (!keys)
        return keys.failed();
    std::unique_ptr<JobAccess> access(new JobAccess(std::move(**registration), std::move(*keys)));
    auto credentials = JobCredentials::open(services, job, access->m_registration, access->m_keys);
    if (!credentials)
        return credentials.failed();
    access->m_credentials = std::move(*credentials);
    return access;
}

} // namespace sealwright
