#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"

#include <optional>
#include <string>

namespace sealwright::desktop {

struct PassphraseSource {
    std::optional<int> fd; ///< read to its end
    std::string file;      ///< read whole; FileNoPermission where others may read it is left to the caller's umask
    std::string prompt;    ///< asked on the terminal without echo where neither is given
    bool twice = false;    ///< on a terminal, ask again and compare
};

/// One trailing line end is taken off. Nothing is kept outside the SecretBytes. KeyPassphraseWrong where the two differ
/// or it is empty, UsageWrong (facts: a sentence) where there is neither source nor terminal, FileNotFound,
/// FileNoPermission. Blocks; never on a thread with an event loop.
Outcome<crypto::SecretBytes> readPassphrase(const PassphraseSource& source);

} // namespace sealwright::desktop
