#include "models/domain/policy.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// Policies: a job's, then where there is more the owner's, then paths of leaves.
namespace sealwright::fuzz {
namespace {

void writtenInOneWay(const Policy& policy) {
    const crypto::Json written = toJson(policy);
    const auto again = policyFromJson(written);
    must(again && toJson(*again) == written, "what is written is read, and written again as it was");
    const RuleIndex before(policy), after(*again);
    for (const FieldRule& rule : policy.fields)
        must(before.resolve(rule.path) == after.resolve(rule.path), "a rule stays what it is");
}

std::vector<std::string> leavesOf(const Policy& job, const Policy* owner, const std::vector<std::string_view>& more) {
    std::vector<std::string> leaves(more.begin(), more.end());
    for (const FieldRule& rule : job.fields)
        leaves.push_back(rule.path);
    if (owner)
        for (const FieldRule& rule : owner->fields)
            leaves.push_back(rule.path);
    return leaves;
}

/// FORMAT.md §3: a job's policy is a minimum, an owner's rule holds where it names a field.
void combined(const Policy& job, const std::optional<Policy>& owner, const std::vector<std::string>& leaves) {
    const Policy wishes = owner.value_or(Policy{});
    const RuleIndex ofJob(job), ofOwner(wishes);
    const auto both = combinePolicies(job, owner, leaves);
    if (!both) {
        must(both.error().code == Code::PolicyWeakerThanJob && !both.error().facts.empty(), "only weakness is refused");
        for (const std::string& path : both.error().facts)
            must(isWeaker(ofOwner.resolve(path), ofJob.resolve(path)), "what is called weaker is weaker");
        return;
    }
    const RuleIndex result(*both);
    for (const std::string& leaf : leaves) {
        const FieldRule rule = result.resolve(leaf);
        const bool jobNames = ofJob.named(leaf) != nullptr, ownerNames = ofOwner.named(leaf) != nullptr;
        must(!jobNames || !isWeaker(rule, ofJob.resolve(leaf)), "nothing is weaker than the job demands");
        if (ownerNames || !jobNames)
            must(rule == ofOwner.resolve(leaf), "the owner's word holds");
        else
            must(rule == ofJob.resolve(leaf), "else the job's");
        must(!isWeaker(rule, rule), "nothing is weaker than itself");
    }
}

void check(std::string_view input) {
    std::vector<std::string_view> parts = partsOf(input);
    const auto job = parsePolicy(parts[0]);
    if (!job) {
        must(job.error().code == Code::PolicyInvalid || job.error().code == Code::PolicyPathTwice, "refused as one");
        return;
    }
    writtenInOneWay(*job);
    std::optional<Policy> owner;
    if (parts.size() > 1)
        if (auto wishes = parsePolicy(parts[1]))
            owner = std::move(*wishes);
    parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(parts.size(), 2)));
    combined(*job, owner, leavesOf(*job, owner ? &*owner : nullptr, parts));
}

const Registered registered({"policy", check, "{}[]\",:\\.0ed-1a\x1e "});

} // namespace
} // namespace sealwright::fuzz
