#pragma once
#include "models/domain/job.h"
#include "models/domain/manifest.h"
#include "tests/platform/core/bucket.h"
#include "tests/platform/core/identity.h"
#include "tests/platform/core/key_store.h"
#include "tests/platform/core/registry.h"
#include "tests/platform/core/reply.h"

#include <variant>

namespace sealwright::platform {

/// A check-in as the platform accepted it.
struct CheckedIn {
    Manifest manifest;
    std::string dataObject;
};

/// Judges a `done` event: the manifest is signed by this machine, is of this job, opens with the platform's DEK, for
/// nobody but those whom the job names, has the job's join key for this machine and the platform alone, is nowhere
/// weaker than the job's policy, and the objects lie in the store as it says. Object data is only looked up by size.
class Completion {
public:
    Completion(const Identity& identity, KeyStore& keys, Bucket& bucket);
    /// What was checked in, or the problem: `unavailable` where key store or object store does not answer.
    std::variant<CheckedIn, Reply> judge(const std::string& jobJws, const Machine& machine,
                                         const std::string& manifestText, const std::string& signature);

private:
    /// `dek` where the platform made it; null where the key is the owner's.
    std::string wrongIn(const Manifest& manifest, const Job& job, const Machine& machine,
                        const crypto::SecretBytes* dek) const;
    std::string wrongKey(const Manifest& manifest, const Job& job, const Machine& machine,
                         const crypto::SecretBytes* dek) const;
    std::string wrongJoinKey(const Manifest& manifest, const Job& job, const Machine& machine) const;
    std::string weakerField(const Manifest& manifest, const Job& job) const;
    /// Empty where all three lie there as they should.
    Outcome<std::string> missingObject(const Manifest& manifest, const JobObjects& objects,
                                       const std::string& manifestText, const std::string& signature);

    const Identity& m_identity;
    KeyStore& m_keys;
    Bucket& m_bucket;
};

} // namespace sealwright::platform
