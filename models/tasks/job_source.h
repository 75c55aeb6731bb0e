#pragma once
#include "models/tasks/job_board.h"

namespace sealwright {

/// What a run reads its job's source with. All is borrowed.
struct RunSource {
    const Services& services;
    const Job& job;
    const PinnedRegistration& registration;
    CredentialSource& credentials;
    bool straight = false;   ///< nothing is put on the disk
    bool mayBeRemote = true; ///< where the disk has no room for the object, it is read over the network
};

/// As openJobSource(), or an object source read over the network as often as it is asked for, pinned by its ETag; then
/// `from` and the context's cancel must outlive it.
Outcome<std::shared_ptr<const ByteSource>> openRunSource(const RunSource& from, const std::string& inputPath,
                                                         TaskContext& context);

} // namespace sealwright
