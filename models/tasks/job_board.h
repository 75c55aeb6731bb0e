#pragma once
#include "models/tasks/registering.h"

// Jobs as this machine sees them.
namespace sealwright {

struct BoardJob {
    std::string jobId;
    JobState state = JobState::Pending;
    std::optional<Job> job;          ///< signature and grammar held
    std::optional<Failure> refused;  ///< why it may not be run (expired, wrong host …); job may still be shown
    std::optional<JobRecord> record; ///< what this machine did with it
    /// This machine's upload of it was interrupted, and can be gone on with; nobody is doing so now.
    bool interrupted = false;
    Instant updated = 0;
};

struct Board {
    std::vector<BoardJob> jobs; ///< pending first, then by time, newest first
    std::string platformName, platformHost;
};

Outcome<Board> listJobs(const Services& services, TaskContext& context);
/// One job, judged as if it were taken up now.
Outcome<BoardJob> findJob(const Services& services, const std::string& jobId, TaskContext& context);
/// From a JWS in a file (`jobs run --job`). MachineRevoked where the platform said so when it was last heard.
Outcome<BoardJob> jobFromJws(const Services& services, const std::string& jws, TaskContext& context);
struct Declined {
    bool reportPending = false; ///< the platform could not be told yet; the outbox has it
};
/// JobBusy where the job is being run.
Outcome<Declined> declineJob(const Services& services, const std::string& jobId, const std::string& reason,
                             TaskContext& context);

/// Who can open what this job makes, for people: names from the address book, else words and "unknown here".
struct Opener {
    std::string kid, name, words;
    bool thisMachine = false;
    bool madeTheKey = false; ///< the platform that made this key and keeps it
    bool known = false;
};
std::vector<Opener> openersOf(const Job& job, const KnownKeys& known, const std::string& platformName);
std::vector<Opener> openersOf(const Manifest& manifest, const KnownKeys& known);

/// Fetches an object source into a sealed spool, pinned by its ETag; opens a local one. `inputPath` for local sources.
Outcome<std::shared_ptr<const ByteSource>> openJobSource(const Services& services, const Job& job,
                                                         const std::string& inputPath, TaskContext& context);

} // namespace sealwright
