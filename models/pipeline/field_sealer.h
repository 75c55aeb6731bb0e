#pragma once
#include "crypto/field/not_tokens.h"
#include "models/pipeline/kept_ciphers.h"
#include "models/pipeline/seal_fields.h"
#include "models/pipeline/value.h"

namespace sealwright::pipeline {

/// Carries out the actions of a worker's fields on their values.
class FieldSealer {
public:
    /// `workers`: how many share what expanded keys may take. What is given outlives it.
    FieldSealer(const FieldKeys& keys, const ValueForm& form, unsigned workers);

    /// Appends what takes the value's place; nothing on success. Else why the rule cannot take it (ValueNotForFpe,
    /// ValueNotForMask, ValueUndecodable …) or CryptoFailed; `out` may then hold a part. Never called for keep, drop,
    /// and what stays().
    std::optional<Code> seal(const SealField& field, const Value& value, crypto::Place place, std::string& out);

    /// Appends what a reader will restore: the value itself where its action can be undone, else what seal() writes.
    std::optional<Code> restorable(const SealField& field, const Value& value, std::string& out);

    /// False once a value was sealed whose restored spelling is another one (mode s).
    bool exact() const { return m_exact; }

    /// Gives back what a long value took.
    void settle();

private:
    crypto::Result<crypto::TokenSealer*> tokens(const SealField& field);
    crypto::Result<crypto::Pseudonymiser*> pseudonyms(const SealField& field);
    crypto::Result<crypto::FpeCipher*> fpe(const SealField& field);
    std::optional<Code> sealToken(const SealField& field, crypto::ValueType type, std::string_view body,
                                  crypto::Place place, std::string& out);
    std::optional<Code> sealDeterministic(const SealField& field, const Value& value, std::string& out);
    std::optional<Code> sealFpe(const SealField& field, const Value& value, std::string& out);
    std::optional<Code> pseudonymise(const SealField& field, const Value& value, std::string& out);
    std::optional<Code> mask(const SealField& field, const Value& value, std::string& out);

    const FieldKeys& m_keys;
    const ValueForm& m_form;
    KeptCiphers<crypto::TokenSealer> m_tokens;
    KeptCiphers<crypto::Pseudonymiser> m_pseudonyms;
    KeptCiphers<crypto::FpeCipher> m_fpe;
    std::string m_text, m_result; ///< scratch
    bool m_exact = true;
};

/// Does the field leave this value as it is because it is null or empty (FORMAT.md §2, §3)?
bool stays(const FieldRule& rule, const Value& value);

} // namespace sealwright::pipeline
