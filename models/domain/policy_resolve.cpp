#include "models/domain/path.h"
#include "models/domain/policy.h"

#include <algorithm>

// Which rule a leaf gets, and what a job's policy demands of the owner's (FORMAT.md §3).
namespace sealwright {
namespace {

int strength(Action action) {
    switch (action) {
    case Action::Keep:
        return 0;
    case Action::Mask:
        return 1;
    case Action::Fpe:
        return 2;
    case Action::Deterministic:
    case Action::Pseudonym:
        return 3;
    case Action::Encrypt:
        return 4;
    case Action::Drop:
        return 5;
    }
    return 0;
}

FieldRule filled(const Policy& policy, const FieldRule* named, std::string_view leafPath) {
    FieldRule rule;
    if (named) {
        rule = *named;
    } else {
        rule.action = policy.defaultAction;
    }
    rule.path = leafPath;
    rule.nulls = rule.nulls.value_or(policy.nulls);
    rule.empty = rule.empty.value_or(policy.empty);
    rule.padTo = rule.padTo.value_or(policy.padTo);
    return rule;
}

} // namespace

const FieldRule* namedRule(const Policy& policy, std::string_view leafPath) {
    const FieldRule* best = nullptr;
    for (const FieldRule& rule : policy.fields) {
        const bool names = rule.path == leafPath || isAncestorPath(rule.path, leafPath);
        if (names && (!best || rule.path.size() > best->path.size())) {
            best = &rule;
        }
    }
    return best;
}

FieldRule resolveLeaf(const Policy& policy, std::string_view leafPath) {
    return filled(policy, namedRule(policy, leafPath), leafPath);
}

RuleIndex::RuleIndex(const Policy& policy) : m_policy(&policy) {
    m_rules.reserve(policy.fields.size());
    for (const FieldRule& rule : policy.fields) {
        m_rules.emplace(rule.path, &rule);
        m_longest = std::max(m_longest, rule.path.size());
    }
}

const FieldRule* RuleIndex::named(std::string_view leafPath) const {
    if (m_rules.empty()) {
        return nullptr;
    }
    if (const auto found = m_rules.find(leafPath); found != m_rules.end()) {
        return found->second;
    }
    const FieldRule* nearest = nullptr;
    forEachBoundary(leafPath.substr(0, m_longest + 1), [&](std::size_t length) {
        if (const auto found = m_rules.find(leafPath.substr(0, length)); found != m_rules.end()) {
            nearest = found->second;
        }
    });
    return nearest;
}

FieldRule RuleIndex::resolve(std::string_view leafPath) const {
    return filled(*m_policy, named(leafPath), leafPath);
}

FieldRule RuleIndex::unnamed() const {
    return filled(*m_policy, nullptr, {});
}

bool isWeaker(const FieldRule& owner, const FieldRule& job) {
    if (strength(owner.action) != strength(job.action)) {
        return strength(owner.action) < strength(job.action);
    }
    if (owner.action != job.action) {
        return false;
    }
    const auto keeps = [](const std::optional<EmptyRule>& rule) { return rule == EmptyRule::Keep; };
    switch (owner.action) {
    case Action::Encrypt:
    case Action::Deterministic:
        return (keeps(owner.nulls) && !keeps(job.nulls)) || (keeps(owner.empty) && !keeps(job.empty)) ||
               owner.padTo.value_or(0) < job.padTo.value_or(0);
    case Action::Pseudonym:
        return (keeps(owner.nulls) && !keeps(job.nulls)) || (keeps(owner.empty) && !keeps(job.empty));
    case Action::Fpe:
    case Action::Mask:
        return owner.keepPrefix > job.keepPrefix || owner.keepSuffix > job.keepSuffix;
    case Action::Keep:
    case Action::Drop:
        return false;
    }
    return false;
}

bool unflattens(const Policy& job, const std::optional<Policy>& owner) {
    return job.unflatten || (owner && owner->unflatten);
}

Outcome<Policy> combinePolicies(const Policy& job, const std::optional<Policy>& owner,
                                const std::vector<std::string>& leafPaths) {
    Policy combined = owner.value_or(Policy{});
    const Policy wishes = combined;
    const RuleIndex ownerRules(wishes);
    const RuleIndex jobRules(job);
    std::vector<std::string> weaker;
    for (const std::string& leaf : leafPaths) {
        if (ownerRules.named(leaf) && jobRules.named(leaf) &&
            isWeaker(ownerRules.resolve(leaf), jobRules.resolve(leaf))) {
            weaker.push_back(leaf);
        }
    }
    if (!weaker.empty()) {
        return fail({Code::PolicyWeakerThanJob, std::move(weaker)});
    }
    for (const FieldRule& rule : job.fields) {
        if (!ownerRules.named(rule.path)) {
            combined.fields.push_back(jobRules.resolve(rule.path));
        }
    }
    combined.unflatten = unflattens(job, owner);
    if (!job.join.empty()) {
        combined.join = job.join;
    }
    return combined;
}

} // namespace sealwright
