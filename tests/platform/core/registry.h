#pragma once
#include "crypto/keys/public_keys.h"
#include "models/domain/time.h"
#include "tests/platform/core/database.h"

#include <optional>
#include <vector>

namespace sealwright::platform {

struct Machine {
    std::string id, name;
    crypto::RecipientKey enc;
    crypto::VerificationKey sig;
    bool revoked = false;
    std::vector<crypto::JwkSet> former = {}; ///< keys of before its rotations, newest first

    std::vector<std::string> encKids() const;             ///< of all its decryption keys
    std::vector<crypto::VerificationKey> signers() const; ///< all its signing keys
};

/// Invitations and registered machines. Tokens are kept as hashes.
class Registry {
public:
    explicit Registry(Database& database);

    std::string invite(Instant expires); ///< gives the token
    enum class Invited { Good, Unknown, Expired };
    Invited invited(const std::string& token, Instant now) const;

    /// Uses the invitation up.
    Machine add(const std::string& name, const crypto::JwkSet& keys, const std::string& invitationToken,
                const std::string& accessToken);
    /// Also of a revoked machine. The first use of a rotation's token puts that rotation into force.
    std::optional<Machine> byToken(const std::string& accessToken);
    /// Keys that the machine has proved; in force from the first use of `accessToken` on.
    void rotate(const std::string& id, const crypto::JwkSet& keys, const std::string& accessToken);
    /// A time for a registration of this machine: at least `earliest`, and later than that of any before.
    Instant issue(const std::string& id, Instant earliest);
    std::optional<Machine> byId(const std::string& id) const;
    std::vector<Machine> all() const; ///< in order of registration
    void revoke(const std::string& id, bool revoked);

private:
    void putIntoForce(const std::string& tokenHash);
    std::optional<Machine> found(const char* where, const std::string& value) const;
    Database& m_database;
};

} // namespace sealwright::platform
