#pragma once
#include "models/tasks/services.h"
#include "models/tasks/task.h"

#include <chrono>

// What uploads that were given up have left, here and in the store.
namespace sealwright {

/// Where somebody waits, after a cancel or for a command to begin, cleaning up at the store never takes longer than
/// this, all its calls together: what is left then is for the next start.
inline constexpr std::chrono::milliseconds longestTidying{3000};
/// Where nobody does: enough for new credentials and every call over a slow line or on a busy machine, and still
/// shorter than whoever wants to run the job waits for it (EventSender::holdSoon()).
inline constexpr std::chrono::milliseconds longestTidyingAside{30'000};

struct Leftovers {
    std::size_t left = 0;       ///< uploads of which something may still lie in the store
    std::optional<Failure> why; ///< of the last one
};

/// Removes what is left of every upload that was given up, by this process or one that is no more: parts and objects in
/// the store, files here; and files that no record names. Jobs that somebody works on are left alone. At once where
/// there is nothing; else within `longest`, and what is not done by then is left. ProfileFailed, KeyMissing …; blocks
/// its thread.
Outcome<Leftovers> tidyUploads(const Services& services, TaskContext& context, std::chrono::milliseconds longest);

/// One given-up upload, of a job that the caller holds. Good: nothing is left of it, and it is forgotten.
Outcome<void> tidyUpload(const Services& services, const UploadRecord& record, const Cancel& cancel);

/// The owner gives an interrupted upload up: the platform is told that the job is returned, as soon as it can be
/// reached, and the job may be taken up again. JobBusy, JobNotFound where no upload of it is interrupted,
/// ProfileFailed, Cancelled.
Outcome<Nothing> giveUpInterrupted(const Services& services, const std::string& jobId, TaskContext& context);

} // namespace sealwright
