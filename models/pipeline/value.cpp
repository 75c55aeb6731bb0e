#include "models/pipeline/value.h"

#include "models/pipeline/scratch.h"

#include "models/dataset/csv_text.h"
#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"

namespace sealwright::pipeline {

using crypto::ValueType;

Outcome<ValueForm> ValueForm::make(MediaType type, const Dialect& dialect) {
    if (type != MediaType::Csv)
        return ValueForm(false, dialect, &dataset::Encoding::utf8());
    auto encoding = dataset::Encoding::named(dialect.encoding);
    if (!encoding.ok())
        return encoding.failed();
    return ValueForm(true, dialect, *encoding);
}

std::optional<std::string_view> ValueForm::decoded(const Value& value, std::string& scratch) const {
    if (!value.isText())
        return value.body;
    if (m_csv && m_encoding->isUtf8())
        return dataset::isUtf8(value.body) ? std::optional(value.body) : std::nullopt;
    scratch.clear();
    if (m_csv) {
        if (!m_encoding->decode(value.body, scratch))
            return std::nullopt;
        return scratch;
    }
    if (value.type != ValueType::Escaped)
        return value.body;
    if (!dataset::unescapeJson(value.body, scratch))
        return std::nullopt;
    return scratch;
}

std::optional<std::string_view> ValueForm::maskable(const Value& value, std::string& scratch) const {
    return m_csv ? value.body : decoded(value, scratch);
}

void ValueForm::appendNull(std::string& out) const {
    if (!m_csv)
        out += "null";
}

void ValueForm::appendLike(std::string_view result, const Value& source, std::string& out) const {
    if (!m_csv) {
        out += '"';
        dataset::escapeJson(result, out);
        out += '"';
    } else if (source.type == ValueType::Quoted) {
        dataset::appendQuoted(result, out);
    } else {
        out += result;
    }
}

bool ValueForm::appendLeast(std::string_view utf8, std::string& out) const {
    if (!m_csv) {
        out += '"';
        dataset::escapeJson(utf8, out);
        out += '"';
        return true;
    }
    if (m_encoding->isUtf8())
        return dataset::isUtf8(utf8) && dataset::appendLeastQuoted(utf8, m_dialect, out);
    std::string stored;
    return m_encoding->encode(utf8, stored) && dataset::appendLeastQuoted(stored, m_dialect, out);
}

bool ValueForm::isLeast(const Value& value) const {
    switch (value.type) {
    case ValueType::Text:
        return !m_csv || !dataset::needsQuotes(value.body, m_dialect);
    case ValueType::Quoted:
        return dataset::needsQuotes(value.body, m_dialect);
    case ValueType::Escaped:
        return dataset::isLeastEscaped(value.body);
    default:
        return true;
    }
}

bool ValueForm::restore(ValueType type, std::string_view body, bool modeS, unsigned depth, std::string& out) const {
    if (body.size() > keptScratch)
        out.reserve(out.size() + body.size() + 64); // a long value is written once, and what follows does not move it
    if (type == ValueType::Null) {
        appendNull(out);
        return body.empty();
    }
    if (modeS) {
        if (type == ValueType::Text)
            return dataset::isUtf8(body) && appendLeast(body, out);
        if (type == ValueType::Quoted || type == ValueType::Escaped)
            return false;
    }
    if (m_csv) {
        if (type == ValueType::Quoted && m_dialect.quoting) {
            dataset::appendQuoted(body, out);
            return true;
        }
        out += body;
        return type == ValueType::Text && dataset::isUnquotedField(body, m_dialect);
    }
    switch (type) {
    case ValueType::Text:
    case ValueType::Escaped:
        out += '"';
        out += body;
        out += '"';
        return type == ValueType::Text ? dataset::isPlainStringContent(body) : dataset::isEscapedStringContent(body);
    case ValueType::Number:
        out += body;
        return dataset::isJsonNumber(body);
    case ValueType::Boolean:
        out += body;
        return dataset::isJsonBoolean(body);
    case ValueType::Json:
        out += body;
        return depth < dataset::maxJsonDepth && dataset::isOneContainer(body, dataset::maxJsonDepth - depth);
    default:
        return false;
    }
}

std::string ValueForm::displayRaw(std::string_view raw) const {
    const bool quoted = raw.size() >= 2 && raw.front() == '"' && raw.back() == '"';
    if (!m_csv)
        return quoted ? dataset::unescapeJsonForDisplay(raw.substr(1, raw.size() - 2)) : std::string(raw);
    if (!quoted || !m_dialect.quoting)
        return m_encoding->decodeForDisplay(raw);
    std::string body;
    dataset::undoubleQuotes(raw.substr(1, raw.size() - 2), body);
    return m_encoding->decodeForDisplay(body);
}

std::string shortened(std::string text, std::size_t characters) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && characters-- == 0) {
            text.resize(i);
            break;
        }
    }
    return text;
}

std::string ValueForm::display(const Value& value) const {
    if (m_csv)
        return m_encoding->decodeForDisplay(value.body);
    if (value.type == ValueType::Escaped)
        return dataset::unescapeJsonForDisplay(value.body);
    return std::string(value.body);
}

} // namespace sealwright::pipeline
