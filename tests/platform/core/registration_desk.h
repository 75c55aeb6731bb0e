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

private:
    struct Open {
        crypto::SecretBytes secret;
        crypto::JwkSet keys;
        std::string name, token;
        Instant expires = 0;
    };
    Reply registration(const Machine& machine, const std::string& accessToken) const;

    const Identity& m_identity;
    Registry& m_registry;
    std::function<void(const Machine&)> m_registered;
    std::map<std::string, Open> m_open; ///< by challenge id
};

} // namespace sealwright::platform
