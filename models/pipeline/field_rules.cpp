#include "models/pipeline/field_rules.h"

namespace sealwright::pipeline {

FieldRules::FieldRules(Policy policy) : m_policy(std::move(policy)), m_index(m_policy), m_unnamed(m_index.unnamed()) {
    for (FieldRule& rule : m_policy.fields) {
        rule = m_index.resolve(rule.path);
        m_named.insert(rule.path);
        forEachAncestor(rule.path, [&](std::string_view ancestor) { m_above.insert(ancestor); });
    }
}

bool FieldRules::takesWhole(std::string_view path) const {
    return m_named.count(path) != 0 && m_above.count(path) == 0;
}

} // namespace sealwright::pipeline
