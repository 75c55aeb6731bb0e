#pragma once
#include "models/tasks/job_run.h"

#include <chrono>

// Unattended work: jobs are taken up as they come.
namespace sealwright {

/// What a worker is doing, for whoever watches it.
struct WorkNews {
    enum class State {
        Idle,    ///< nothing to do; the platform is asked again after `next`
        Working, ///< on `jobs`
        Away,    ///< the platform could not be asked (`trouble`); again after `next`
        Ended,
    };
    State state = State::Idle;
    std::vector<std::string> jobs;      ///< under way, longest first
    std::uint64_t done = 0, failed = 0; ///< jobs, since this worker began
    std::uint64_t left = 0;             ///< jobs on the list that wait for a person
    std::chrono::milliseconds next{0};
    std::optional<Failure> trouble; ///< Away, or how the last job that failed did
};
std::string_view toText(WorkNews::State state); ///< "idle", "working", "away", "ended"

struct WorkRequest {
    bool once = false;                 ///< what is on the list now, then the end
    std::optional<std::uint64_t> most; ///< ends after so many jobs were taken up
    unsigned jobs = 1;                 ///< side by side, at most
    bool straightThrough = false;      ///< RunRequest's, for every job
    /// RunRequest's; called on the jobs' threads.
    std::function<void(const std::string& jobId, const Room&)> lacksRoom = [](const std::string&, const Room&) {};
    std::optional<Policy> ownerPolicy; ///< for every job that has no choice kept with it
    std::chrono::milliseconds pause{30'000};
    /// Called on the worker's own thread.
    std::function<void(const WorkNews&)> told = [](const WorkNews&) {};
    /// Called on the jobs' threads.
    std::function<void(const std::string& jobId, const TaskProgress&)> progress = [](const std::string&,
                                                                                     const TaskProgress&) {};
    /// Waits while no job is under way; false, at once, where cancelled. For tests to replace.
    std::function<bool(std::chrono::milliseconds, const Cancel&)> wait;
};

/// Most that a worker leaves between two tries, however often the platform was away; it may ask for more itself.
inline constexpr std::chrono::minutes longestBetweenTries{10};
/// A job that failed for what may pass is tried this often by one worker.
inline constexpr unsigned mostTries = 3;

/// Takes up, oldest first and at most `jobs` at a time, which share the machine's threads and one pass's memory, each
/// job that needs nobody: its data lies in the object store, and it may be run (FORMAT.md §8). Pending and returned
/// ones, and those that a run of this machine left without a word; failed ones only where this worker saw them fail for
/// what may pass. It declines nothing: all others are left for a person. The choice of fields that was kept with a job
/// holds, else the request's.
///
/// The platform is asked politely: `pause` between two looks at the list, shortened by a random part of up to a
/// quarter; while it is away twice as long each time, never sooner than it asks for itself.
///
/// When cancelled the jobs under way are given back, but for those being reported, and the worker ends well. It ends
/// with a failure, once those under way have ended, where nobody but a person can help: MachineRevoked, PlatformDenied,
/// RegistrationMissing, ProfileFailed, anything about keys; with `once` also where the platform cannot be asked. Blocks
/// its thread.
Outcome<WorkNews> workJobs(const Services& services, const WorkRequest& request, TaskContext& context);

} // namespace sealwright
