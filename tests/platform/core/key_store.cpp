#include "tests/platform/core/key_store.h"

namespace sealwright::platform {

FileKeyStore::FileKeyStore(const std::string& file) : m_database(Database::sqlite(file)) {
    m_database->run("CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, key BLOB NOT NULL)");
}

Outcome<void> FileKeyStore::put(const std::string& id, const crypto::SecretBytes& key) {
    const auto bytes = key.reveal();
    m_database->run(
        "INSERT INTO keys (id, key) VALUES (?, ?)",
        {sqlText(id), QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))});
    return {};
}

Outcome<std::optional<crypto::SecretBytes>> FileKeyStore::get(const std::string& id) {
    const auto rows = m_database->run("SELECT key FROM keys WHERE id = ?", {sqlText(id)});
    if (rows.isEmpty())
        return std::optional<crypto::SecretBytes>();
    const auto bytes = rows.first().first().toByteArray();
    return std::optional(crypto::SecretBytes(asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())})));
}

} // namespace sealwright::platform
