#pragma once
#include "models/tasks/machine.h"

// Shared by making keys and restoring them.
namespace sealwright {

/// A complete pair in the secret store that the ledger does not know, as a crash or a lost profile leaves it; nothing
/// where the store is empty. KeyExists where the ledger has a record, KeyUnrecorded (facts: place, the entries that are
/// there) where what is there is half a pair or no keys; the store's own failure where that cannot be told.
Outcome<std::optional<MachineKeys>> keysWithoutRecord(const Services& services);

/// Where a pair lies in the secret store: a machine's first without a name, one that a rotation made under its kids.
enum class Named { No, ByKid };
SecretStore::Place placeOf(const MachineKeys& keys, SecretStore::Entry entry, Named named);

/// Decryption key first.
std::vector<KeyRecord> recordsOf(const Services& services, const MachineKeys& keys, Named named);

/// Both at once.
Outcome<void> rememberKeys(const Services& services, const MachineKeys& keys, Named named = Named::No);

using Entries = std::vector<SecretStore::Entry>;
inline const Entries bothEntries{SecretStore::Entry::DecryptionKey, SecretStore::Entry::SigningKey};

/// Those entries into the secret store, all or none: what was written is taken back where another cannot be, also after
/// a cancel.
Outcome<void> writeKeys(const Services& services, const MachineKeys& keys, const Entries& entries,
                        Named named = Named::No);
/// The same, then the record; without a record nothing written stays.
Outcome<void> storeKeys(const Services& services, const MachineKeys& keys, const Entries& entries = bothEntries,
                        Named named = Named::No);

} // namespace sealwright
