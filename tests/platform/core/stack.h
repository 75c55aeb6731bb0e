#pragma once
#include "tests/platform/core/database.h"
#include "tests/platform/core/job_credentials.h"
#include "tests/platform/core/presign.h"
#include "tests/platform/core/vault_key_store.h"

#include <optional>

namespace sealwright::platform {

/// A RabbitMQ, where machines send their events and from where the platform takes them.
struct BrokerAddress {
    std::string url, ca; ///< amqps://host:port, and the file of the CA that vouches for it
    std::string exchange, routingKey, queue;
    BrokerLogin machines, platform;
};

/// The servers behind the platform: PostgreSQL, Vault, RabbitMQ, and an object store with STS.
struct Stack {
    Storage storage;
    PostgresAddress database;
    VaultAddress vault;
    BrokerAddress broker;
};

/// Lines KEY=value as tests/stack/stack.sh writes them. Nothing where one is missing.
std::optional<Stack> stackFrom(const std::string& file);

/// Of those only the object store, as tests/support/servers/minio.sh writes it.
std::optional<Storage> storageFrom(const std::string& file);

} // namespace sealwright::platform
