#include "models/views/passphrase.h"

#include "crypto/base/secret.h"

#include <QByteArray>

namespace sealwright::views {

Passphrase takePassphrase(QString& typed) {
    QByteArray utf8 = typed.toUtf8();
    auto* bytes = reinterpret_cast<Byte*>(utf8.data());
    const auto length = static_cast<std::size_t>(utf8.size());
    auto secret = std::make_shared<const crypto::SecretBytes>(ByteView(bytes, length));
    crypto::wipe(MutableBytes(bytes, length));
    typed.fill(QChar(u'\0'));
    typed.clear();
    return secret;
}

} // namespace sealwright::views
