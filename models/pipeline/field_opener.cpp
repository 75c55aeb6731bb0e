#include "models/pipeline/field_opener.h"

#include <algorithm>

namespace sealwright::pipeline {

using crypto::ValueType;

std::size_t FieldOpener::mostKept() const {
    constexpr std::size_t all = 16'384, fewest = 32;
    return std::max(fewest, all / m_plan.manifest().dataset->fields.size());
}

crypto::Result<crypto::TokenOpener*> FieldOpener::openerFor(std::uint32_t run) {
    if (!m_field.hasRow())
        run = 0; // mode s: its key is no run's
    if (!m_kept.empty() && m_kept.front().run == run)
        return &m_kept.front().opener;
    if (const auto known = m_byRun.find(run); known != m_byRun.end()) {
        m_kept.splice(m_kept.begin(), m_kept, known->second);
        return &m_kept.front().opener;
    }
    const auto key =
        m_plan.keys().derive(*m_field.mode, m_plan.manifest().runs[run].runId, m_field.info.path, m_field.info.joinAs);
    auto made = crypto::TokenOpener::make(*m_field.mode, key, m_plan.keys().version(*m_field.mode));
    if (!made.ok())
        return made.failed();
    if (m_kept.size() >= mostKept()) {
        m_byRun.erase(m_kept.back().run);
        m_kept.pop_back();
    }
    m_kept.push_front({run, std::move(*made)});
    m_byRun.emplace(run, m_kept.begin());
    return &m_kept.front().opener;
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
