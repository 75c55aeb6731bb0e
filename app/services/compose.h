#pragma once
#include "app/desktop/passphrase.h"
#include "models/tasks/services.h"

// The one place that picks concrete classes for both programs.
namespace sealwright {

struct Configuration {
    std::string keystore = "keychain";    ///< or "file:DIR"
    desktop::PassphraseSource passphrase; ///< of a file keystore; read at first use
    std::string configDir;                ///< empty: the platform's usual place
    unsigned threads = 0;
};

/// Opens (and makes, where missing) the profile. UsageWrong for an unknown keystore, ProfileFailed, FileNoPermission, …
/// Called on a task thread or on the main thread before its event loop runs; the main thread's loop must run before a
/// keychain is asked.
Outcome<Services> openServices(const Configuration& configuration);

} // namespace sealwright
