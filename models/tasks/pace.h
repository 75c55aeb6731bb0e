#pragma once
#include "models/tasks/services.h"

#include <optional>

// How fast whole runs are on this machine, so that an owner is told how long the next one will take.
namespace sealwright {

/// Bytes of the sealed file a second, from the start of a run to its receipt, as earlier runs had it; nothing before
/// the first that counted, or where the profile cannot be read.
std::optional<double> keptPace(const Services& services);

/// Takes a finished run into it: half what was kept, half this one. Runs under paceCountsFrom bytes are passed over,
/// for they measure the server's answers. ProfileFailed.
Outcome<void> keepPace(const Services& services, std::uint64_t bytes, double seconds);
inline constexpr std::uint64_t paceCountsFrom = 8u << 20;

/// What one pass over a source lets expect of a whole run, until one was measured: a run reads, seals, checks and
/// sends. Nothing for less than paceCountsFrom bytes.
std::optional<double> paceFromPass(std::uint64_t bytes, double seconds);

} // namespace sealwright
