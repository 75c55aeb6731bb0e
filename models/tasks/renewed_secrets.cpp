#include "models/tasks/renewed_secrets.h"

#include "models/tasks/registering.h"

namespace sealwright {

Outcome<JobSecrets> renewedSecrets(const Services& services, const Job& job,
                                   const std::vector<crypto::VerificationKey>& pinned, const MachineKeys& keys,
                                   const Cancel& cancel) {
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    const auto jws = services.api->renewedCredentials(*access, job.jobId, cancel);
    if (!jws)
        return jws.failed();
    auto secrets = readRenewedSecrets(*jws, job, pinned, keys.opening(), now());
    // Keys that were rotated under way: the platform seals what is new for the new one.
    if (!secrets && secrets.error().code == Code::KeyNotForThis && keys.former)
        secrets = readRenewedSecrets(*jws, job, pinned, keys.dec, now());
    return secrets;
}

} // namespace sealwright
