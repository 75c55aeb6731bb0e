#pragma once
#include "models/tasks/machine.h"

// Shared by making keys and restoring them.
namespace sealwright {

/// KeyExists where there is a key, or a record of one; the store's own failure where that cannot be told.
Outcome<void> refuseWhereKeysAre(const Services& services);
/// Both into the secret store, then their records; a half-written pair is taken back.
Outcome<void> storeKeys(const Services& services, const MachineKeys& keys);

} // namespace sealwright
