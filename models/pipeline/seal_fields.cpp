#include "models/pipeline/seal_fields.h"

namespace sealwright::pipeline {

const SealField& SealFields::field(std::string_view path) {
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_byPath.find(path); known != m_byPath.end())
        return *known->second;
    SealField& made = m_fields.emplace_back();
    made.number = static_cast<std::uint32_t>(m_fields.size() - 1);
    made.path = path;
    made.rule = &m_rules.rule(path);
    made.mode = modeOf(made.rule->action, made.rule->algorithm);
    if (made.mode)
        made.key = m_keys.derive(*made.mode, m_run, path, made.rule->joinAs);
    m_byPath.emplace(made.path, &made);
    return made;
}

std::size_t SealFields::size() const {
    const std::lock_guard lock(m_mutex);
    return m_fields.size();
}

const SealField& SealFields::at(std::uint32_t number) const {
    const std::lock_guard lock(m_mutex);
    return m_fields[number];
}

} // namespace sealwright::pipeline
