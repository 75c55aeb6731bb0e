#include "models/tasks/kept_choice.h"

namespace sealwright {

Outcome<std::optional<Policy>> keptChoice(const Services& services, const std::string& jobId) {
    const auto record = services.ledger->job(jobId);
    if (!record)
        return record.failed();
    if (!*record || !(*record)->policyJson)
        return std::optional<Policy>();
    auto kept = parsePolicy(*(*record)->policyJson);
    if (!kept)
        return fail(Code::ProfileFailed);
    return std::optional(std::move(*kept));
}

} // namespace sealwright
