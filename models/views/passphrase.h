#pragma once
#include <QString>

#include <memory>

namespace sealwright::crypto {
class SecretBytes;
}

namespace sealwright::views {

/// A passphrase on its way from a line edit to a task. Shared because signals copy; wiped with its last holder.
using Passphrase = std::shared_ptr<const crypto::SecretBytes>;

/// Takes the characters as UTF-8 and overwrites `typed` in place before it is cleared.
Passphrase takePassphrase(QString& typed);

} // namespace sealwright::views
