#include "models/pipeline/field_sealer.h"

#include "models/pipeline/scratch.h"

namespace sealwright::pipeline {

using crypto::ValueType;

bool stays(const FieldRule& rule, const Value& value) {
    if (!value.isNull && !value.isEmpty)
        return false;
    switch (rule.action) {
    case Action::Keep:
    case Action::Fpe:
    case Action::Mask:
        return true;
    case Action::Drop:
        return false;
    case Action::Encrypt:
    case Action::Deterministic:
    case Action::Pseudonym:
        break;
    }
    return (value.isNull && rule.nulls == EmptyRule::Keep) || (value.isEmpty && rule.empty == EmptyRule::Keep);
}

FieldSealer::FieldSealer(const FieldKeys& keys, const ValueForm& form, unsigned workers)
    : m_keys(keys),
      m_form(form),
      m_tokens(keptCiphers(workers)),
      m_pseudonyms(keptCiphers(workers)),
      m_fpe(keptCiphers(workers)) {}

crypto::Result<crypto::TokenSealer*> FieldSealer::tokens(const SealField& field) {
    auto& place = m_tokens.place(field.number);
    if (place.cipher && place.owner == field.number)
        return &*place.cipher;
    const std::uint32_t padTo = field.rule->padTo.value_or(0);
    if (place.cipher && place.cipher->mode() == *field.mode) {
        if (auto keyed = place.cipher->rekey(field.key, padTo); !keyed.ok()) {
            place.cipher.reset();
            return keyed.failed();
        }
    } else {
        auto made = crypto::TokenSealer::make(*field.mode, field.key, m_keys.version(*field.mode), padTo);
        if (!made.ok())
            return made.failed();
        place.cipher = std::move(*made);
    }
    place.owner = field.number;
    return &*place.cipher;
}

crypto::Result<crypto::Pseudonymiser*> FieldSealer::pseudonyms(const SealField& field) {
    auto& place = m_pseudonyms.place(field.number);
    if (!place.cipher || place.owner != field.number) {
        auto made = crypto::Pseudonymiser::make(field.key);
        if (!made.ok())
            return made.failed();
        place.cipher = std::move(*made);
        place.owner = field.number;
    }
    return &*place.cipher;
}

crypto::Result<crypto::FpeCipher*> FieldSealer::fpe(const SealField& field) {
    auto& place = m_fpe.place(field.number);
    if (!place.cipher || place.owner != field.number) {
        const FieldRule& rule = *field.rule;
        auto made = crypto::FpeCipher::make(field.key, {rule.alphabet, rule.keepPrefix, rule.keepSuffix});
        if (!made.ok())
            return made.failed();
        place.cipher = std::move(*made);
        place.owner = field.number;
    }
    return &*place.cipher;
}

void FieldSealer::settle() {
    giveBack(m_text);
    giveBack(m_result);
}

std::optional<Code> FieldSealer::sealToken(const SealField& field, ValueType type, std::string_view body,
                                           crypto::Place place, std::string& out) {
    auto sealer = tokens(field);
    if (!sealer.ok())
        return codeFor(sealer.error());
    m_form.quoteToken(out);
    if (auto sealed = (*sealer)->seal(type, body, place, out); !sealed.ok())
        return codeFor(sealed.error());
    m_form.quoteToken(out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::seal(const SealField& field, const Value& value, crypto::Place place,
                                      std::string& out) {
    switch (field.rule->action) {
    case Action::Encrypt:
        return sealToken(field, value.type, value.body, place, out);
    case Action::Deterministic:
        return sealDeterministic(field, value, out);
    case Action::Fpe:
        return sealFpe(field, value, out);
    case Action::Pseudonym:
        return pseudonymise(field, value, out);
    case Action::Mask:
        return mask(field, value, out);
    case Action::Keep:
    case Action::Drop:
        break;
    }
    return Code::InternalBug;
}

std::optional<Code> FieldSealer::restorable(const SealField& field, const Value& value, std::string& out) {
    const std::size_t before = out.size();
    switch (field.rule->action) {
    case Action::Deterministic: {
        const auto text = m_form.decoded(value, m_text);
        if (!text)
            return Code::ValueUndecodable;
        if (!value.isText())
            out += value.raw;
        else if (!m_form.appendLeast(*text, out))
            return Code::ValueUndecodable;
        return std::nullopt;
    }
    case Action::Fpe: {
        const auto code = sealFpe(field, value, out);
        out.resize(before);
        if (!code)
            out += value.raw;
        return code;
    }
    case Action::Encrypt:
        out += value.raw;
        return std::nullopt;
    case Action::Pseudonym:
    case Action::Mask:
    case Action::Keep:
    case Action::Drop:
        break;
    }
    return seal(field, value, {}, out);
}

std::optional<Code> FieldSealer::sealDeterministic(const SealField& field, const Value& value, std::string& out) {
    const auto text = m_form.decoded(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    m_exact = m_exact && m_form.isLeast(value);
    return sealToken(field, value.isText() ? ValueType::Text : value.type, *text, {}, out);
}

std::optional<Code> FieldSealer::sealFpe(const SealField& field, const Value& value, std::string& out) {
    if (!value.isText() || value.type == ValueType::Escaped)
        return Code::ValueNotForFpe;
    if (!m_form.decoded(value, m_text))
        return Code::ValueUndecodable;
    auto cipher = fpe(field);
    if (!cipher.ok())
        return codeFor(cipher.error());
    m_result.clear();
    if (!(*cipher)->encrypt(value.body, m_result).ok())
        return Code::ValueNotForFpe;
    m_form.appendLike(m_result, value, out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::pseudonymise(const SealField& field, const Value& value, std::string& out) {
    const auto text = m_form.decoded(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    auto pseudonymiser = pseudonyms(field);
    if (!pseudonymiser.ok())
        return codeFor(pseudonymiser.error());
    const bool ownType = value.type == ValueType::Null || value.type == ValueType::Json;
    m_form.quoteToken(out);
    (*pseudonymiser)->append(ownType ? value.type : ValueType::Text, *text, out);
    m_form.quoteToken(out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::mask(const SealField& field, const Value& value, std::string& out) {
    if (value.type == ValueType::Json)
        return Code::ValueNotForMask;
    const auto text = m_form.maskable(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    m_result.clear();
    crypto::appendMasked(*text, field.rule->keepPrefix, field.rule->keepSuffix, m_form.isUtf8(), m_result);
    m_form.appendLike(m_result, value, out);
    return std::nullopt;
}

} // namespace sealwright::pipeline
