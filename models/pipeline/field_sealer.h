#pragma once
#include "crypto/field/not_tokens.h"
#include "models/pipeline/field_keys.h"
#include "models/pipeline/value.h"

namespace sealwright::pipeline {

/// Carries out one field's action on its values. One a worker and field: it keeps the expanded key.
class FieldSealer {
public:
    /// `rule` is resolved: its path is the field's, every optional member is filled. LibraryFailure and the like as
    /// codeFor() says.
    static Outcome<FieldSealer> make(const FieldRule& rule, const FieldKeys& keys, const crypto::RunId& run,
                                     const ValueForm& form);

    /// Appends what takes the value's place; nothing on success. Else why the rule cannot take it (ValueNotForFpe,
    /// ValueNotForMask, ValueUndecodable …); `out` may then hold a part. Never called for keep, drop, and what stays().
    std::optional<Code> seal(const Value& value, crypto::Place place, std::string& out);

    /// Appends what a reader will restore: the value itself where its action can be undone, else what seal() writes.
    std::optional<Code> restorable(const Value& value, std::string& out);

    /// False once a value was sealed whose restored spelling is another one (mode s).
    bool exact() const { return m_exact; }

private:
    explicit FieldSealer(const FieldRule& rule, const ValueForm& form) : m_rule(rule), m_form(form) {}
    std::optional<Code> sealDeterministic(const Value& value, std::string& out);
    std::optional<Code> sealFpe(const Value& value, std::string& out);
    std::optional<Code> pseudonymise(const Value& value, std::string& out);
    std::optional<Code> mask(const Value& value, std::string& out);

    FieldRule m_rule;
    ValueForm m_form;
    std::optional<crypto::TokenSealer> m_tokens;
    std::optional<crypto::Pseudonymiser> m_pseudonyms;
    std::optional<crypto::FpeCipher> m_fpe;
    std::string m_text, m_result; ///< scratch
    bool m_exact = true;
};

/// Does the field leave this value as it is because it is null or empty (FORMAT.md §2, §3)?
bool stays(const FieldRule& rule, const Value& value);

} // namespace sealwright::pipeline
