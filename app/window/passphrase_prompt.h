#pragma once
#include "app/keychain/file_keystore.h"
#include "models/views/unlock_view.h"

namespace sealwright::window {

/// What a file keystore asks with in the window: shows the question through `view`, and waits on the task's thread.
/// Dismissed, it is KeychainLocked (file: the folder), or Cancelled where new keys were to be protected; a task that is
/// cancelled meanwhile takes its question back. The function may be called for as long as `view` lives and the
/// application's loop may run.
FileKeystore::Passphrase askIn(views::UnlockView& view);

} // namespace sealwright::window
