#include "models/tasks/room.h"

#include <filesystem>
#include <limits>

namespace sealwright {

namespace {

/// Left to the ledger, to other programs, and to what an estimate may lack.
constexpr std::uint64_t toSpare = 32u << 20;

/// A token beside its value (FORMAT.md §2): header, nonce, type and tag in base64, and the quotes around it.
constexpr std::uint64_t besideValue = 50;

bool makesTokens(Action action) {
    return action == Action::Encrypt || action == Action::Deterministic || action == Action::Pseudonym;
}

} // namespace

Room roomFor(const Services& services, std::uint64_t bytes) {
    std::error_code error;
    const auto space = std::filesystem::space(services.spoolFolder, error);
    if (error)
        return {bytes, std::numeric_limits<std::uint64_t>::max()};
    return {bytes + toSpare, space.available};
}

std::uint64_t sealedLength(const pipeline::Profile& profile, const Policy& policy) {
    const RuleIndex rules(policy);
    std::uint64_t length = profile.bytes + profile.bytes / 3; // base64, as if it were all values
    for (const pipeline::FieldProfile& field : profile.fields) {
        const FieldRule rule = rules.resolve(field.path);
        if (makesTokens(rule.action))
            length += field.values * (besideValue + rule.padTo.value_or(policy.padTo) * std::uint64_t{4} / 3);
    }
    return length;
}

} // namespace sealwright
