#include "tests/platform/core/identity.h"

#include "crypto/base/b64.h"
#include "crypto/keys/derive.h"

#include <QCryptographicHash>
#include <QFile>
#include <QUuid>

namespace sealwright::platform {

namespace {

template <class Key, class Make>
std::optional<Key> kept(const std::string& name, Make make) {
    QFile file(QString::fromStdString(name));
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly))
            return std::nullopt;
        const auto der = file.readAll();
        auto key =
            Key::fromPkcs8(crypto::SecretBytes(asBytes({der.constData(), static_cast<std::size_t>(der.size())})));
        return key ? std::optional(std::move(*key)) : std::nullopt;
    }
    auto key = make();
    if (!key || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return std::nullopt;
    const auto der = key->toPkcs8();
    const auto bytes = der.reveal();
    const auto size = static_cast<qint64>(bytes.size());
    if (file.write(reinterpret_cast<const char*>(bytes.data()), size) != size || !file.flush())
        return std::nullopt;
    return std::optional(std::move(*key));
}

} // namespace

crypto::JwkSet Identity::keysAt(std::size_t changes) const {
    crypto::JwkSet keys{{}, {keyAt(changes).publicKey()}};
    if (changes > 0)
        keys.sig.push_back(keyAt(changes - 1).publicKey());
    return keys;
}

std::vector<crypto::VerificationKey> Identity::everyKey() const {
    std::vector<crypto::VerificationKey> keys{key.publicKey()};
    for (const auto& one : former)
        keys.push_back(one.key.publicKey());
    return keys;
}

std::optional<crypto::SigningKey> keptSigningKey(const std::string& file) {
    return kept<crypto::SigningKey>(file, [] { return crypto::SigningKey::generate(); });
}

std::optional<crypto::DecryptionKey> keptDecryptionKey(const std::string& file) {
    return kept<crypto::DecryptionKey>(file, [] { return crypto::DecryptionKey::generate(); });
}

std::string freshToken() {
    return crypto::b64Encode(crypto::freshDek().reveal());
}

std::string freshUuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

std::string sha256Hex(std::string_view text) {
    const QByteArrayView bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace sealwright::platform
