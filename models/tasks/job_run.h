#pragma once
#include "models/pipeline/check.h"
#include "models/pipeline/profile.h"
#include "models/tasks/job_board.h"

// The main job: read, seal, check, upload, report.
namespace sealwright {

struct RunRequest {
    std::string jobId;
    std::string jws;                    ///< or a JWS given by hand
    std::string inputPath;              ///< for a local source
    std::optional<Policy> ownerPolicy;  ///< strengthens the job's; never weakens it
    std::shared_ptr<ByteSource> source; ///< already opened (the Fields page did), or null
    DialectWish dialect;                ///< the owner's overrule
    /// Told what was found, values that the policy cannot take among it, before anything is sealed.
    std::function<void(const pipeline::Profile&)> surveyed = [](const pipeline::Profile&) {};
};

/// Blocks its thread. Reports running, progress, done or failed to the platform under way; every failure ends in one
/// state, told to the platform (never a value), and leaves no object half done.
Outcome<Receipt> runJob(const Services& services, const RunRequest& request, TaskContext& context);

} // namespace sealwright
