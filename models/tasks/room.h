#pragma once
#include "models/pipeline/profile.h"
#include "models/tasks/services.h"

// Whether sealed data have room on this machine's disk while they wait to be sent.
namespace sealwright {

struct Room {
    std::uint64_t needed = 0, free = 0; ///< bytes; what is needed is an estimate, on the safe side
    bool suffices() const { return needed <= free; }
};

/// For that many bytes in the folder of temporary files, and some to spare for all else. Where the system does not say
/// what is free, it is taken to suffice: a disk that is full says so itself.
Room roomFor(const Services& services, std::uint64_t bytes);

/// About how long `profile`'s source is once it is sealed by `policy`; seldom longer.
std::uint64_t sealedLength(const pipeline::Profile& profile, const Policy& policy);

} // namespace sealwright
