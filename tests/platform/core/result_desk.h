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
    static QStringList schema();

    /// False where the store does not take it.
    bool add(const Machine& machine, const std::string& name, const CheckedIn& checkedIn);
    crypto::Json list(const Machine& machine) const; ///< the contract's ResultList, with fresh URLs

private:
    const Identity& m_identity;
    Database& m_database;
    Bucket& m_bucket;
};

} // namespace sealwright::platform
