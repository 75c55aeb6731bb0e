#include "models/tasks/registration_update.h"

namespace sealwright {

Outcome<bool> updateRegistration(const Services& services, const Cancel& cancel) {
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    const auto statements = services.api->registrations(*access, cancel);
    noteStanding(services, statements);
    if (!statements)
        return statements.failed();
    auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (!*kept)
        return fail(Code::RegistrationMissing);
    PinnedRegistration& pinned = **kept;
    bool learnt = false;
    for (const std::string& statement : *statements) {
        auto update = readUpdate(statement, pinned.registration);
        if (!update)
            continue;
        pinned.registration = std::move(*update);
        learnt = true;
    }
    if (learnt)
        if (auto remembered = services.ledger->rememberRegistration(pinned); !remembered)
            return remembered.failed();
    return learnt;
}

} // namespace sealwright
