#pragma once
#include "models/pipeline/check.h"
#include "models/pipeline/profile.h"
#include "models/tasks/job_board.h"
#include "models/tasks/room.h"

// The main job: read, seal, check, upload, report.
namespace sealwright {

struct RunRequest {
    std::string jobId;
    std::string jws;                          ///< or a JWS given by hand
    std::string inputPath;                    ///< for a local source
    std::optional<Policy> ownerPolicy;        ///< strengthens the job's; never weakens it
    std::shared_ptr<const ByteSource> source; ///< already opened (the Fields page did), or null
    DialectWish dialect;                      ///< the owner's overrule
    /// Told what was found, values that the policy cannot take among it, before anything is sealed.
    std::function<void(const pipeline::Profile&)> surveyed = [](const pipeline::Profile&) {};
    /// Where set: asked once the job is accepted and before anything is told to the platform; may settle the members
    /// above. Its failure is the run's, and the job stays as it was.
    std::function<Outcome<void>(const Job&, RunRequest&)> prepare;
    /// An upload that was interrupted is given up, and the job run from its beginning; else it is gone on with.
    bool restart = false;
    /// The sealed data go to the store as they are made, and are checked by reading them back from there: nothing of
    /// them is put on the disk, and an interruption means to begin again. So it is too where the disk has no room for
    /// them; then lacksRoom() is told, before a byte is sent.
    bool straightThrough = false;
    std::function<void(const Room&)> lacksRoom = [](const Room&) {};
    /// Asked instead of prepare() where an interrupted upload will be gone on with, so that neither source nor policy
    /// is needed. Its failure is the run's, and all stays as it was.
    std::function<Outcome<void>(const UploadRecord&)> goesOn = [](const UploadRecord&) { return Outcome<void>(); };
};

/// Blocks its thread. Reports running, progress, done or failed to the platform under way; every failure ends in one
/// state, told to the platform (never a value), and leaves no object half done: what could not be removed at once is
/// remembered, and removed by tidyUploads(). From the moment that the sealed file is finished and checked until `done`
/// is kept, a process that is no more has left an interrupted upload, which the next call goes on with.
Outcome<Receipt> runJob(const Services& services, const RunRequest& request, TaskContext& context);

} // namespace sealwright
