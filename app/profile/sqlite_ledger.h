#pragma once
#include "models/ports/ledger.h"

#include <memory>
#include <string>

namespace sealwright {

/// The ledger as one SQLite file. Needs a QCoreApplication while it is open (QtSql loads its driver as a plug-in). What
/// it holds is only public: secrets are in the SecretStore.
///
/// Details beyond the port: rememberKeys() and addAddress() replace an entry of the same kid; removing what is not
/// there is no failure. Facts of ProfileFailed: the file, the reason.
class SqliteLedger {
public:
    /// Opens or makes the file in an existing folder. ProfileFailed.
    static Outcome<std::shared_ptr<Ledger>> open(const std::string& path);
};

} // namespace sealwright
