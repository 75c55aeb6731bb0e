#pragma once
#include "models/tasks/machine.h"

#include <functional>

// Rotation of this machine's keys (FORMAT.md §10).
namespace sealwright {

struct Rotated {
    MachineFacts facts;      ///< of the new keys
    bool registered = false; ///< the platform goes by them; else there is no registration
    bool goneOn = false;     ///< an earlier rotation that had been interrupted was finished
};

/// Where new pairs come from. Tests make theirs once: a fresh one takes a second.
using KeyMaker = std::function<Outcome<MachineKeys>()>;
Outcome<MachineKeys> freshKeys();

/// Makes new pairs, has them registered with a proof by the old signing key too, and puts them to use; the old ones are
/// kept for opening, and a recovery kit made before is none any more.
///
/// A process that ends anywhere in between leaves a machine that works: with the old keys until the moment at which the
/// ledger takes the new ones, with those from then on; the access tokens of both lie beside them, and the platform
/// keeps both good until the new one is first used. What was begun is gone on with by the next call. KeyRotating where
/// another process is at it; what loadKeys() and the platform say; Cancelled.
Outcome<Rotated> rotateKeys(const Services& services, TaskContext& context, const KeyMaker& make = freshKeys);

} // namespace sealwright
