#pragma once
#include "crypto/field/not_tokens.h"
#include "models/pipeline/kept_ciphers.h"
#include "models/pipeline/open_plan.h"

namespace sealwright::pipeline {

/// Undoes the actions of a worker's fields. It keeps the expanded keys of the fields and runs it met lately.
class FieldOpener {
public:
    explicit FieldOpener(const OpenPlan& plan);

    /// Opens a token with the keys of one run (mode s: of any). NotAuthentic where these are not its keys. What is
    /// given is there until the next call or settle().
    crypto::Result<crypto::OpenedValue> open(const StoredField& field, std::string_view token, std::uint32_t run);
    /// Undoes fpe; false where the value cannot be its result.
    bool undoFpe(const StoredField& field, const Value& value, std::string& out);

    /// Gives back what a long value took.
    void settle();

private:
    crypto::Result<crypto::TokenOpener*> openerFor(const StoredField& field, std::uint32_t run);
    crypto::FpeCipher* fpe(const StoredField& field);

    const OpenPlan& m_plan;
    KeptCiphers<crypto::TokenOpener> m_openers;
    KeptCiphers<crypto::FpeCipher> m_fpe;
    crypto::SecretBytes m_work, m_key;
    std::string m_text, m_result; ///< scratch
};

} // namespace sealwright::pipeline
