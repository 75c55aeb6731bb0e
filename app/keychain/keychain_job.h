#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"

#include <QString>

// QtKeychain's jobs as blocking calls of a task thread (main_thread_call.h). What they fail with is what QtKeychain
// says: on Linux KeyMissing may also mean locked. Facts: what the system said. A change that has begun is waited for
// though the task is cancelled meanwhile: what is returned is what has happened.
namespace sealwright::keychain {

struct EntryName {
    QString service, key;
};

Outcome<crypto::SecretBytes> readEntry(const EntryName& name);
/// Replaces an entry of that name.
Outcome<void> writeEntry(const EntryName& name, const crypto::SecretBytes& secret);
Outcome<void> deleteEntry(const EntryName& name);

} // namespace sealwright::keychain
