#pragma once
#include "app/keychain/keychain_job.h"

// What QtKeychain does not say about Linux's keyring, asked of the Secret Service itself over D-Bus
// (https://specifications.freedesktop.org/secret-service/). Blocking calls of a task thread (main_thread_call.h).
// KeychainNoService: no session bus, or nobody on it who keeps secrets. KeychainDenied: the bus or the service refused.
// KeychainFailed: it answered otherwise than the specification says, or not at all. Facts: what was said.
namespace sealwright::keychain {

/// False where this system keeps its secrets elsewhere (macOS, Windows): then nothing below may be asked.
bool hasSecretService();

enum class Presence { Missing, Unlocked, Locked };
/// Never prompts.
Outcome<Presence> look(const EntryName& name);

/// Makes the entry readable. At once where it is; otherwise the service asks the person, where there is a display for
/// that. KeychainLocked where it stays locked, KeychainDenied where the person said no, Cancelled.
Outcome<void> unlockEntry(const EntryName& name);
/// The same for the place where new entries go.
Outcome<void> unlockDefault();

} // namespace sealwright::keychain
