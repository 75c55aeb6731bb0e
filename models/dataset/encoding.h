#pragma once
#include "models/domain/failure.h"

#include <array>

namespace sealwright::dataset {

/// One character of stored text: how many bytes it takes, and its code point, or none where the encoding lacks these
/// bytes (then it is one byte).
struct Character {
    std::size_t length = 0;
    std::optional<char32_t> codePoint;
};

/// UTF-8 or a single-byte encoding by its IANA name (FORMAT.md §4). Lives for ever; safe on any thread.
class Encoding {
public:
    /// Names are compared without case. UTF-16 and UTF-32 are DataEncodingUtf16, anything else unknown
    /// DataEncodingUnsupported (facts: the name).
    static Outcome<const Encoding*> named(std::string_view name);
    static const Encoding& utf8();

    std::string_view name() const { return m_name; } ///< as IANA spells it
    bool isUtf8() const { return m_table == nullptr; }

    /// Appends the text in UTF-8. False where the encoding lacks a byte; `out` is then as it was.
    bool decode(std::string_view stored, std::string& out) const;
    /// Appends UTF-8 text in this encoding. False where it lacks a character or the text is not UTF-8; `out` is then as
    /// it was.
    bool encode(std::string_view utf8, std::string& out) const;
    /// For display: what cannot be decoded becomes U+FFFD.
    std::string decodeForDisplay(std::string_view stored) const;
    /// The character at `at` < stored.size().
    Character characterAt(std::string_view stored, std::size_t at) const;

    Encoding(std::string_view name, const std::array<char16_t, 128>* table) : m_name(name), m_table(table) {}

private:
    std::string_view m_name;
    const std::array<char16_t, 128>* m_table; // code points of 80 … FF; 0 where there is none
};

/// Is the text valid UTF-8 (no overlong forms, no surrogates, at most U+10FFFF)?
bool isUtf8(std::string_view text);
/// Appends one code point, which must be a Unicode scalar value.
void appendUtf8(char32_t codePoint, std::string& out);

} // namespace sealwright::dataset
