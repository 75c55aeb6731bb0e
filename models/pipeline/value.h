#pragma once
#include "crypto/field/token.h"
#include "models/dataset/encoding.h"
#include "models/domain/dialect.h"

namespace sealwright::pipeline {

/// One value as it stands in the source or in a stored dataset. Views into the chunk or into a worker's scratch.
struct Value {
    crypto::ValueType type = crypto::ValueType::Null;
    std::string_view body; ///< as a token's plaintext has it (FORMAT.md §2)
    std::string_view raw;  ///< as written, quotes included
    bool isNull = false;   ///< a JSON null
    bool isEmpty = false;  ///< a text of length 0

    bool isText() const {
        return type == crypto::ValueType::Text || type == crypto::ValueType::Quoted ||
               type == crypto::ValueType::Escaped;
    }
};

/// How values are written in one dataset: the place a value is put back into decides its quoting (FORMAT.md §2).
class ValueForm {
public:
    /// DataEncodingUnsupported.
    static Outcome<ValueForm> make(MediaType type, const Dialect& dialect);

    bool isCsv() const { return m_csv; }
    bool isUtf8() const { return !m_csv || m_encoding->isUtf8(); }
    const Dialect& dialect() const { return m_dialect; }

    /// The value's text in UTF-8; `scratch` may hold it then. Nothing where it cannot be decoded. Numbers and booleans
    /// as written.
    std::optional<std::string_view> decoded(const Value& value, std::string& scratch) const;
    /// The bytes that mask works on: of CSV the body as stored, of JSON the decoded text.
    std::optional<std::string_view> maskable(const Value& value, std::string& scratch) const;

    void appendNull(std::string& out) const;
    /// A token or pseudonym around what `append` writes: a JSON string, or an unquoted CSV field.
    void quoteToken(std::string& out) const {
        if (!m_csv)
            out += '"';
    }
    /// The result of fpe or mask, keeping the field's quoting.
    void appendLike(std::string_view result, const Value& source, std::string& out) const;
    /// Decoded text in UTF-8 with the least quoting (mode s). False where the encoding lacks a character or the dialect
    /// cannot quote.
    bool appendLeast(std::string_view utf8, std::string& out) const;
    /// Does `value` stand as appendLeast would write its decoded text?
    bool isLeast(const Value& value) const;

    /// Puts a token's body back, where it is exactly one value of its type for the place (FORMAT.md §2 "Reading"); else
    /// false. `depth`: JSON containers open around it. Mode s: text is decoded text.
    bool restore(crypto::ValueType type, std::string_view body, bool modeS, unsigned depth, std::string& out) const;

    /// What could be a token: the body of a JSON string without escapes or of an unquoted CSV field; else empty.
    static std::string_view tokenText(const Value& value) {
        return value.type == crypto::ValueType::Text ? value.body : std::string_view();
    }
    /// For display: decoded, whatever it is.
    std::string display(const Value& value) const;
    /// The same of a value as it is written, quotes included.
    std::string displayRaw(std::string_view raw) const;
    bool isNullText(std::string_view raw) const { return !m_csv && raw == "null"; }

private:
    ValueForm(bool csv, Dialect dialect, const dataset::Encoding* encoding)
        : m_csv(csv), m_dialect(std::move(dialect)), m_encoding(encoding) {}
    bool m_csv;
    Dialect m_dialect;
    const dataset::Encoding* m_encoding;
};

/// The first `characters` of a UTF-8 text.
std::string shortened(std::string text, std::size_t characters);

} // namespace sealwright::pipeline
