#pragma once
#include "app/desktop/passphrase.h"
#include "app/keychain/file_keystore.h"
#include "models/tasks/services.h"

// The one place that picks concrete classes for both programs.
namespace sealwright {

struct Configuration {
    std::string keystore = "keychain";    ///< or "file:DIR"
    desktop::PassphraseSource passphrase; ///< of a file keystore; read at first use
    FileKeystore::Passphrase ask;         ///< instead of the terminal, where `passphrase` names no source
    std::string configDir;                ///< empty: the platform's usual place
    unsigned threads = 0;
};

/// The profile's setting with the folder that the owner chose for temporary files.
inline constexpr auto spoolSetting = "spool.folder";

/// Opens (and makes, where missing) the profile. UsageWrong for an unknown keystore, ProfileFailed, FileNoPermission, …
/// Where the folder chosen for temporary files cannot be used, they lie in the profile, and spoolTrouble says why.
/// Called on a task thread or on the main thread before its event loop runs; the main thread's loop must run before a
/// keychain is asked.
Outcome<Services> openServices(const Configuration& configuration);

} // namespace sealwright
