#pragma once
#include "models/pipeline/field_keys.h"
#include "models/pipeline/field_rules.h"

#include <deque>
#include <mutex>

namespace sealwright::pipeline {

/// What all workers of a sealing pass know about one field.
struct SealField {
    std::uint32_t number = 0; ///< 0, 1, 2, … as they were asked for
    std::string path;
    const FieldRule* rule = nullptr;
    std::optional<crypto::Mode> mode;
    crypto::SecretBytes key; ///< derived once a pass; empty where the action has none
};

/// The fields of a sealing pass: a rule is looked for, and a key derived, once a field and not once a worker. Safe on
/// any thread.
class SealFields {
public:
    /// What is given outlives it.
    SealFields(const FieldRules& rules, const FieldKeys& keys, const crypto::RunId& run)
        : m_rules(rules), m_keys(keys), m_run(run) {}

    /// Made when first asked for; its address stays.
    const SealField& field(std::string_view path);
    /// Fields made so far.
    std::size_t size() const;
    const SealField& at(std::uint32_t number) const;

private:
    const FieldRules& m_rules;
    const FieldKeys& m_keys;
    const crypto::RunId m_run;
    mutable std::mutex m_mutex;
    std::deque<SealField> m_fields;
    std::unordered_map<std::string_view, const SealField*> m_byPath;
};

} // namespace sealwright::pipeline
