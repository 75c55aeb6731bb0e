#pragma once
#include "models/domain/job.h"
#include "tests/platform/core/presign.h"
#include "tests/platform/core/registry.h"
#include "tests/platform/core/reply.h"

#include <memory>
#include <variant>

namespace sealwright::platform {

/// What a job may touch in the object store.
struct JobScope {
    std::optional<ObjectSource> source; ///< to read; where there is none, the owner chooses a file
    std::string bucket, prefix;         ///< to write below it, and to read what was written there
};

/// Where a job's credentials for the object store come from.
class StorageAccess {
public:
    virtual ~StorageAccess() = default;
    virtual Outcome<StorageCredentials> forJob(const JobScope& scope) = 0;
};

/// The platform's own, for every job and for ever: good for tests, no way to treat machines.
class OwnStorageAccess : public StorageAccess {
public:
    explicit OwnStorageAccess(Storage own) : m_own(std::move(own)) {}
    Outcome<StorageCredentials> forJob(const JobScope& scope) override;

private:
    const Storage m_own;
};

/// As whom machines publish their feedback.
struct BrokerLogin {
    std::string user;
    crypto::SecretBytes password;
};

/// The `secrets` of a job (FORMAT.md §8), at first and when they are renewed.
class JobCredentials {
public:
    JobCredentials(StorageAccess& storage, BrokerLogin broker) : m_storage(storage), m_broker(std::move(broker)) {}

    /// What jobs get from now on, also those under way when they ask for new credentials.
    void useBroker(BrokerLogin broker) { m_broker = std::move(broker); }

    struct Sealed {
        std::string jwe;
        Instant expires; ///< when the first of them ends
    };
    /// `unavailable` where the object store gives none, `request.invalid` where it cannot for that scope.
    std::variant<Sealed, Reply> sealFor(const Machine& machine, const JobScope& scope, bool amqp);

private:
    StorageAccess& m_storage;
    BrokerLogin m_broker;
};

} // namespace sealwright::platform
