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
    std::optional<Machine> byToken(const std::string& accessToken) const; ///< none of a revoked machine
    std::optional<Machine> byId(const std::string& id) const;
    std::vector<Machine> all() const; ///< in order of registration
    void revoke(const std::string& id);

private:
    Database& m_database;
};

} // namespace sealwright::platform
