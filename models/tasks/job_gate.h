#pragma once
#include "models/tasks/job_board.h"

// Whether a job may be taken up: signature, times, machine and hosts (FORMAT.md §8), and what this machine remembers of
// it.
namespace sealwright {

/// RegistrationMissing where nothing is pinned.
Outcome<JobContext> jobContext(const Services& services);

/// JobReplayed: another JWS with this id, or one that was done or declined.
Outcome<void> refuseReplay(const Job& job, const std::optional<JobRecord>& record);

/// A record for the ledger, as the job is now.
JobRecord recordOf(const Job& job, JobState state, const std::optional<JobRecord>& before);

} // namespace sealwright
