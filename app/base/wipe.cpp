#include "app/base/wipe.h"

#include "crypto/base/secret.h"

namespace sealwright {

void wipe(QByteArray& shared) {
    // Empty arrays share one buffer that nobody may write to.
    if (!shared.isEmpty()) {
        auto* bytes = reinterpret_cast<Byte*>(const_cast<char*>(shared.constData()));
        crypto::wipe({bytes, static_cast<std::size_t>(shared.size())});
    }
    shared = QByteArray();
}

} // namespace sealwright
