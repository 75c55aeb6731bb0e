#pragma once
#include "crypto/base/secret.h"
#include "tests/platform/core/database.h"

#include <memory>
#include <optional>

namespace sealwright::platform {

/// Where the platform holds the keys that it made: a DEK for each job, a join key for each linkage project. Apart from
/// all else, so that a vault can take its place.
class KeyStore {
public:
    virtual ~KeyStore() = default;
    virtual void put(const std::string& id, const crypto::SecretBytes& key) = 0;
    virtual std::optional<crypto::SecretBytes> get(const std::string& id) = 0;
};

/// In an SQLite file of its own (0600), as they are: good for tests, no place for real keys.
class FileKeyStore : public KeyStore {
public:
    explicit FileKeyStore(const std::string& file);
    void put(const std::string& id, const crypto::SecretBytes& key) override;
    std::optional<crypto::SecretBytes> get(const std::string& id) override;

private:
    Database m_database;
};

} // namespace sealwright::platform
