#pragma once
#include "crypto/field/not_tokens.h"
#include "models/pipeline/open_plan.h"

#include <list>
#include <unordered_map>

namespace sealwright::pipeline {

/// Undoes one field's action. One a worker and field: it keeps the expanded keys of the runs it met lately.
class FieldOpener {
public:
    FieldOpener(const StoredField& field, const OpenPlan& plan) : m_field(field), m_plan(plan) {}

    /// Opens a token with the keys of one run (mode s: of any). NotAuthentic where these are not its keys.
    crypto::Result<crypto::OpenedValue> open(std::string_view token, std::uint32_t run);
    /// Undoes fpe; false where the value cannot be its result.
    bool undoFpe(const Value& value, std::string& out);

private:
    struct Kept {
        std::uint32_t run;
        crypto::TokenOpener opener;
    };
    crypto::Result<crypto::TokenOpener*> openerFor(std::uint32_t run);
    /// So that a worker's expanded keys stay within some tens of MB, however many runs and fields there are.
    std::size_t mostKept() const;

    const StoredField& m_field;
    const OpenPlan& m_plan;
    std::list<Kept> m_kept; ///< the one used last in front
    std::unordered_map<std::uint32_t, std::list<Kept>::iterator> m_byRun;
    std::optional<crypto::FpeCipher> m_fpe;
    std::string m_text, m_result;
};

} // namespace sealwright::pipeline
