#pragma once
#include "tests/platform/core/bucket.h"
#include "tests/platform/core/completion.h"
#include "tests/platform/core/database.h"
#include "tests/platform/core/identity.h"

namespace sealwright::platform {

/// Datasets for machines. A result is made of what a machine checked in: the same stored records, under a manifest of
/// the platform's own with the dataset's id, key, runs, join key and policy (FORMAT.md §8).
class ResultDesk {
public:
    ResultDesk(const Identity& identity, Database& database, Bucket& bucket);

    struct Result {
        std::string id, machineId, name, data, manifest, signature; ///< the last three are objects
        Instant created = 0;
    };
    /// Signs it and puts its documents into the store; nothing where the store does not take them. It is on nobody's
    /// list before it is added.
    std::optional<Result> make(const Machine& machine, const std::string& name, const CheckedIn& checkedIn);
    void add(const Result& result);
    crypto::Json list(const Machine& machine) const; ///< the contract's ResultList, with fresh URLs

private:
    const Identity& m_identity;
    Database& m_database;
    Bucket& m_bucket;
};

} // namespace sealwright::platform
