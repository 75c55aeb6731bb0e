#pragma once
#include "crypto/keys/private_keys.h"
#include "models/ports/job_api.h"

namespace sealwright::test {

/// A machine for tests: two fresh keys, and the registration by hand, step by step as FORMAT.md §10 has it.
struct TestMachine {
    static TestMachine make();

    crypto::DecryptionKey decryption;
    crypto::SigningKey signing;
    PlatformAccess access; ///< token and hosts once registered
    std::optional<Registration> registration;

    crypto::JwkSet keys() const { return {{decryption.publicKey()}, {signing.publicKey()}}; }
    JobContext context() const;
    /// Leaves `access` and `registration` filled.
    Outcome<void> registerWith(JobApi& api, const std::string& invitation, const Cancel& cancel = {});
};

} // namespace sealwright::test
