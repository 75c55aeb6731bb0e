#include "models/pipeline/field_sealer.h"

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

Outcome<FieldSealer> FieldSealer::make(const FieldRule& rule, const FieldKeys& keys, const crypto::RunId& run,
                                       const ValueForm& form) {
    FieldSealer sealer(rule, form);
    const auto failed = [](crypto::Error error) { return fail(Failure(codeFor(error))); };
    const auto mode = modeOf(rule.action, rule.algorithm);
    if (!mode)
        return sealer;
    const auto key = keys.derive(*mode, run, rule.path, rule.joinAs);
    if (rule.action == Action::Fpe) {
        auto made = crypto::FpeCipher::make(key, {rule.alphabet, rule.keepPrefix, rule.keepSuffix});
        if (!made.ok())
            return failed(made.error());
        sealer.m_fpe = std::move(*made);
    } else if (rule.action == Action::Pseudonym) {
        auto made = crypto::Pseudonymiser::make(key);
        if (!made.ok())
            return failed(made.error());
        sealer.m_pseudonyms = std::move(*made);
    } else {
        auto made = crypto::TokenSealer::make(*mode, key, keys.version(*mode), rule.padTo.value_or(0));
        if (!made.ok())
            return failed(made.error());
        sealer.m_tokens = std::move(*made);
    }
    return sealer;
}

std::optional<Code> FieldSealer::seal(const Value& value, crypto::Place place, std::string& out) {
    switch (m_rule.action) {
    case Action::Encrypt: {
        m_form.quoteToken(out);
        if (auto sealed = m_tokens->seal(value.type, value.body, place, out); !sealed.ok())
            return codeFor(sealed.error());
        m_form.quoteToken(out);
        return std::nullopt;
    }
    case Action::Deterministic:
        return sealDeterministic(value, out);
    case Action::Fpe:
        return sealFpe(value, out);
    case Action::Pseudonym:
        return pseudonymise(value, out);
    case Action::Mask:
        return mask(value, out);
    case Action::Keep:
    case Action::Drop:
        break;
    }
    return Code::InternalBug;
}

std::optional<Code> FieldSealer::restorable(const Value& value, std::string& out) {
    const std::size_t before = out.size();
    switch (m_rule.action) {
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
        const auto code = sealFpe(value, out);
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
    return seal(value, {}, out);
}

std::optional<Code> FieldSealer::sealDeterministic(const Value& value, std::string& out) {
    const auto text = m_form.decoded(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    m_exact = m_exact && m_form.isLeast(value);
    m_form.quoteToken(out);
    const auto type = value.isText() ? ValueType::Text : value.type;
    if (auto sealed = m_tokens->seal(type, *text, {}, out); !sealed.ok())
        return codeFor(sealed.error());
    m_form.quoteToken(out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::sealFpe(const Value& value, std::string& out) {
    if (!value.isText() || value.type == ValueType::Escaped)
        return Code::ValueNotForFpe;
    if (!m_form.decoded(value, m_text))
        return Code::ValueUndecodable;
    m_result.clear();
    if (!m_fpe->encrypt(value.body, m_result).ok())
        return Code::ValueNotForFpe;
    m_form.appendLike(m_result, value, out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::pseudonymise(const Value& value, std::string& out) {
    const auto text = m_form.decoded(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    const bool ownType = value.type == ValueType::Null || value.type == ValueType::Json;
    m_form.quoteToken(out);
    m_pseudonyms->append(ownType ? value.type : ValueType::Text, *text, out);
    m_form.quoteToken(out);
    return std::nullopt;
}

std::optional<Code> FieldSealer::mask(const Value& value, std::string& out) {
    if (value.type == ValueType::Json)
        return Code::ValueNotForMask;
    const auto text = m_form.maskable(value, m_text);
    if (!text)
        return Code::ValueUndecodable;
    m_result.clear();
    crypto::appendMasked(*text, m_rule.keepPrefix, m_rule.keepSuffix, m_form.isUtf8(), m_result);
    m_form.appendLike(m_result, value, out);
    return std::nullopt;
}

} // namespace sealwright::pipeline
