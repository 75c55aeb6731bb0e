#pragma once
#include "models/tasks/registering.h"

namespace sealwright {

/// Asks the platform what it states about itself, and pins what is signed by a key pinned so far and later than what is
/// kept (FORMAT.md §10): this is the one way in which a new platform key, or a host, is ever learnt. Says whether
/// anything was. What is signed by anybody else is passed over. RegistrationMissing, Network…, Platform…,
/// MachineRevoked, ProfileFailed.
Outcome<bool> updateRegistration(const Services& services, const Cancel& cancel);

} // namespace sealwright
