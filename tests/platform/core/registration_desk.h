#pragma once
#include "crypto/base/secret.h"
#include "tests/platform/core/identity.h"
#include "tests/platform/core/registry.h"
#include "tests/platform/core/reply.h"

#include <functional>
#include <map>

namespace sealwright::platform {

/// The platform's side of FORMAT.md §10. Challenges live five minutes, in memory.
class RegistrationDesk {
public:
    /// `registered` is told of every new machine.
    RegistrationDesk(const Identity& identity, Registry& registry, std::function<void(const Machine&)> registered);

    Reply begin(const crypto::Json& body);
    Reply finish(const crypto::Json& body);
    /// One for each change of the platform's key, signed by the key until then.
    Reply statements(const Machine& machine) const;

private:
    struct Open {
        crypto::SecretBytes secret;
        crypto::JwkSet keys;
        std::string name, token;
        Instant expires = 0;
        std::optional<Machine> rotating; ///< the machine whose keys are to be others; else there is an invitation
    };
    Reply registration(const Machine& machine, const std::string& accessToken);
    Reply rotate(const Open& open, const crypto::Json& body);
    std::string statement(const std::string& machineId, std::size_t changes, std::size_t signedAfter,
                          Instant issued) const;

    const Identity& m_identity;
    Registry& m_registry;
    std::function<void(const Machine&)> m_registered;
    std::map<std::string, Open> m_open; ///< by challenge id
};

} // namespace sealwright::platform
