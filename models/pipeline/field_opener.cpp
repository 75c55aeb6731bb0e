#include "models/pipeline/field_opener.h"

#include "models/pipeline/scratch.h"

namespace sealwright::pipeline {

using crypto::ValueType;

FieldOpener::FieldOpener(const OpenPlan& plan)
    : m_plan(plan), m_openers(keptCiphers(plan.workers)), m_fpe(keptCiphers(plan.workers)) {}

crypto::Result<crypto::TokenOpener*> FieldOpener::openerFor(const StoredField& field, std::uint32_t run) {
    if (!field.hasRow())
        run = 0; // mode s: its key is no run's
    const std::uint64_t number = std::uint64_t{run} * m_plan.dataset().fields.size() + field.number;
    auto& place = m_openers.place(number);
    if (place.cipher && place.owner == number)
        return &*place.cipher;
    const auto& key = m_plan.key(field, run, m_key);
    if (place.cipher && place.cipher->mode() == *field.mode) {
        if (auto keyed = place.cipher->rekey(key); !keyed.ok()) {
            place.cipher.reset();
            return keyed.failed();
        }
    } else {
        auto made = crypto::TokenOpener::make(*field.mode, key, m_plan.keys().version(*field.mode));
        if (!made.ok())
            return made.failed();
        place.cipher = std::move(*made);
    }
    place.owner = number;
    return &*place.cipher;
}

crypto::Result<crypto::OpenedValue> FieldOpener::open(const StoredField& field, std::string_view token,
                                                      std::uint32_t run) {
    auto opener = openerFor(field, run);
    if (!opener.ok())
        return opener.failed();
    return (*opener)->open(token, m_work);
}

crypto::FpeCipher* FieldOpener::fpe(const StoredField& field) {
    auto& place = m_fpe.place(field.number);
    if (!place.cipher || place.owner != field.number) {
        auto made = crypto::FpeCipher::make(m_plan.key(field, 0, m_key),
                                            {field.info->alphabet, field.info->keepPrefix, field.info->keepSuffix});
        if (!made.ok())
            return nullptr;
        place.cipher = std::move(*made);
        place.owner = field.number;
    }
    return &*place.cipher;
}

bool FieldOpener::undoFpe(const StoredField& field, const Value& value, std::string& out) {
    if (!value.isText() || value.type == ValueType::Escaped || !m_plan.form().decoded(value, m_text))
        return false;
    crypto::FpeCipher* const cipher = fpe(field);
    m_result.clear();
    if (cipher == nullptr || !cipher->decrypt(value.body, m_result).ok())
        return false;
    m_plan.form().appendLike(m_result, value, out);
    return true;
}

void FieldOpener::settle() {
    giveBack(m_work);
    giveBack(m_text);
    giveBack(m_result);
}

} // namespace sealwright::pipeline
