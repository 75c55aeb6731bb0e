#pragma once
#include "models/tasks/machine.h"

#include <chrono>

namespace sealwright {

/// Asks the platform for new secrets of a job under way, and opens them (FORMAT.md §8, `sealwright-credentials`).
/// `pinned` are the platform's signing keys. What JobApi::renewedCredentials() and readRenewedSecrets() fail with,
/// RegistrationMissing; blocks its thread.
Outcome<JobSecrets> renewedSecrets(const Services& services, const Job& job,
                                   const std::vector<crypto::VerificationKey>& pinned, const MachineKeys& keys,
                                   const Cancel& cancel);

/// They are renewed when they have less than this to live, in seconds.
inline constexpr Instant renewedAhead = 5 * 60;
/// A platform that gives only such as end soon, or none, is not asked ahead of their end more often than this.
inline constexpr std::chrono::seconds betweenRenewals{30};

} // namespace sealwright
