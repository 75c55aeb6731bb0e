#include "models/pipeline/field_opener.h"

namespace sealwright::pipeline {

using crypto::ValueType;

crypto::Result<crypto::TokenOpener*> FieldOpener::openerFor(std::uint32_t run) {
    if (!m_field.hasRow())
        run = 0; // mode s: its key is no run's
    if (m_current != nullptr && m_currentRun == run)
        return m_current;
    auto found = m_openers.find(run);
    if (found == m_openers.end()) {
        const auto key = m_plan.keys().derive(*m_field.mode, m_plan.manifest().runs[run].runId, m_field.info.path,
                                              m_field.info.joinAs);
        auto made = crypto::TokenOpener::make(*m_field.mode, key, m_plan.keys().version(*m_field.mode));
        if (!made.ok())
            return made.failed();
        if (m_openers.size() >= keptRuns)
            m_openers.clear();
        found = m_openers.emplace(run, std::move(*made)).first;
    }
    m_current = &found->second;
    m_currentRun = run;
    return m_current;
}

crypto::Result<crypto::OpenedValue> FieldOpener::open(std::string_view token, std::uint32_t run) {
    auto opener = openerFor(run);
    if (!opener.ok())
        return opener.failed();
    return (*opener)->open(token);
}

bool FieldOpener::undoFpe(const Value& value, std::string& out) {
    if (!value.isText() || value.type == ValueType::Escaped || !m_plan.form().decoded(value, m_text))
        return false;
    if (!m_fpe) {
        const auto key = m_plan.keys().derive(crypto::Mode::Fpe, m_plan.manifest().runs[0].runId, m_field.info.path,
                                              m_field.info.joinAs);
        auto made =
            crypto::FpeCipher::make(key, {m_field.info.alphabet, m_field.info.keepPrefix, m_field.info.keepSuffix});
        if (!made.ok())
            return false;
        m_fpe = std::move(*made);
    }
    m_result.clear();
    if (!m_fpe->decrypt(value.body, m_result).ok())
        return false;
    m_plan.form().appendLike(m_result, value, out);
    return true;
}

} // namespace sealwright::pipeline
