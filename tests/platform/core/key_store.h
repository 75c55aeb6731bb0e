#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"
#include "tests/platform/core/database.h"

#include <memory>
#include <optional>

namespace sealwright::platform {

/// Where the platform holds the keys that it made: a DEK for each job, a join key for each linkage project. Apart from
/// all else, so that a vault can take its place.
class KeyStore {
public:
    virtual ~KeyStore() = default;
    /// Only where there is none of that name yet. Fails where the store cannot take it, and then has not taken it or
    /// holds a key that no job names.
    virtual Outcome<void> put(const std::string& id, const crypto::SecretBytes& key) = 0;
    /// Nothing where the store has no such key; a store that does not answer fails, so that nobody makes a second one.
    virtual Outcome<std::optional<crypto::SecretBytes>> get(const std::string& id) = 0;
};

/// In an SQLite file of its own (0600), as they are: good for tests, no place for real keys. Throws DatabaseFailure.
class FileKeyStore : public KeyStore {
public:
    explicit FileKeyStore(const std::string& file);
    Outcome<void> put(const std::string& id, const crypto::SecretBytes& key) override;
    Outcome<std::optional<crypto::SecretBytes>> get(const std::string& id) override;

private:
    std::unique_ptr<Database> m_database;
};

} // namespace sealwright::platform
