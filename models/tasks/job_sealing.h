#pragma once
#include "models/tasks/job_manifest.h"
#include "models/tasks/job_run.h"
#include "models/tasks/sealed_place.h"

namespace sealwright {

/// What one sealing of a job's source needs and tells. All but functions are borrowed.
struct SealingOrder {
    const Services& services;
    const RunRequest& request;
    const Job& job;
    const MachineKeys& keys;
    const PinnedRegistration& registration;
    CredentialSource& credentials;
    std::function<void(Step)> step;             ///< the next one begins
    std::function<Outcome<void>()> choiceHolds; ///< the owner's choice fits job and data
    /// Where the data go that become the object of that name, about `length` bytes.
    std::function<Outcome<std::unique_ptr<SealedPlace>>(const std::string& object, MediaType type,
                                                        std::uint64_t length)>
        place;
};

/// A job's data as they will leave: opened again value by value and compared with the source, signed. The file is a
/// temporary one of the spool, and the record's `file` is not set yet; null where the data lie in the store already.
struct SealedJob {
    std::unique_ptr<FileSink> file;
    UploadRecord record;
};
/// Reads, seals under a fresh run id, checks, signs. Blocks its thread.
Outcome<SealedJob> sealJob(const SealingOrder& order, TaskContext& context);

} // namespace sealwright
