#pragma once
#include "models/domain/path.h"
#include "models/domain/policy.h"

#include <unordered_set>

namespace sealwright::pipeline {

/// A policy made ready for asking about paths: once for each path that a worker meets, never once a value. Safe on any
/// thread.
class FieldRules {
public:
    explicit FieldRules(Policy policy);
    FieldRules(const FieldRules&) = delete;
    FieldRules& operator=(const FieldRules&) = delete;

    /// The rule of a leaf, every optional member filled. It may be many a leaf's: its path is not the leaf's.
    const FieldRule& rule(std::string_view leafPath) const {
        const FieldRule* named = m_index.named(leafPath);
        return named != nullptr ? *named : m_unnamed;
    }
    /// Is a container at `path` one value (FORMAT.md §3)? Else it is walked. A record itself is never asked about.
    bool takesWhole(std::string_view path) const;
    bool unflattens() const { return m_policy.unflatten; }

private:
    Policy m_policy; ///< optional members of its rules filled
    RuleIndex m_index;
    FieldRule m_unnamed;
    std::unordered_set<std::string_view> m_named;
    std::unordered_set<std::string_view> m_above; ///< every proper ancestor of a rule's path
};

/// Calls `each` with every proper ancestor of `path` (FORMAT.md §4): of `a.b[].c` with `a`, `a.b` and `a.b[]`. The `$`
/// of what stands outside the records is none.
template <class Each>
void forEachAncestor(std::string_view path, Each each) {
    const bool outside = path.substr(0, 2) == "$.";
    forEachBoundary(path, [&](std::size_t length) {
        if (!outside || length > 1)
            each(path.substr(0, length));
    });
}

} // namespace sealwright::pipeline
