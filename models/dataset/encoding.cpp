#include "models/dataset/encoding.h"

#include <algorithm>
#include <cstring>

namespace sealwright::dataset {
namespace {

using Table = std::array<char16_t, 128>;

struct Entry {
    std::string_view name;
    Table table;
};

constexpr Entry entries[] = {
#define SW_ENCODING(name, ...) Entry{name, Table{__VA_ARGS__}},
#include "models/dataset/encoding_tables.inc"
#undef SW_ENCODING
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

unsigned char byteAt(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// The UTF-8 sequence at `at`; length 1 and no code point where there is none.
Character utf8At(std::string_view text, std::size_t at) {
    const unsigned char lead = byteAt(text, at);
    if (lead < 0x80)
        return {1, char32_t(lead)};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length)
        return {1, {}};
    char32_t point = lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned char next = byteAt(text, at + i);
        if ((next & 0xc0u) != 0x80u)
            return {1, {}};
        point = point << 6 | (next & 0x3fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return {1, {}};
    return {length, point};
}

std::size_t asciiRun(std::string_view text, std::size_t from) {
    std::size_t at = from;
    for (std::uint64_t word = 0; text.size() - at >= sizeof word; at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080u) != 0)
            break;
    }
    while (at < text.size() && byteAt(text, at) < 0x80)
        ++at;
    return at - from;
}

} // namespace

const Encoding& Encoding::utf8() {
    static const Encoding encoding("UTF-8", nullptr);
    return encoding;
}

Outcome<const Encoding*> Encoding::named(std::string_view name) {
    static const std::vector<Encoding> all = [] {
        std::vector<Encoding> list;
        for (const Entry& entry : entries)
            list.emplace_back(entry.name, &entry.table);
        return list;
    }();
    if (sameName(name, "UTF-8"))
        return &utf8();
    for (const Encoding& encoding : all) {
        if (sameName(name, encoding.name()))
            return &encoding;
    }
    const bool wide =
        name.size() >= 6 && (sameName(name.substr(0, 6), "UTF-16") || sameName(name.substr(0, 6), "UTF-32"));
    return fail(Failure(wide ? Code::DataEncodingUtf16 : Code::DataEncodingUnsupported, {std::string(name)}));
}

bool Encoding::decode(std::string_view stored, std::string& out) const {
    const std::size_t before = out.size();
    if (isUtf8()) {
        if (!dataset::isUtf8(stored))
            return false;
        out.append(stored);
        return true;
    }
    for (std::size_t at = 0; at < stored.size();) {
        const std::size_t plain = asciiRun(stored, at);
        out.append(stored.substr(at, plain));
        at += plain;
        if (at == stored.size())
            break;
        const char16_t point = (*m_table)[byteAt(stored, at) - 0x80u];
        if (point == 0) {
            out.resize(before);
            return false;
        }
        appendUtf8(point, out);
        ++at;
    }
    return true;
}

bool Encoding::encode(std::string_view utf8, std::string& out) const {
    const std::size_t before = out.size();
    if (isUtf8())
        return decode(utf8, out);
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t plain = asciiRun(utf8, at);
        out.append(utf8.substr(at, plain));
        at += plain;
        if (at == utf8.size())
            break;
        const Character next = utf8At(utf8, at);
        const auto found =
            next.codePoint ? std::find(m_table->begin(), m_table->end(), *next.codePoint) : m_table->end();
        if (found == m_table->end()) {
            out.resize(before);
            return false;
        }
        out += char(0x80 + (found - m_table->begin()));
        at += next.length;
    }
    return true;
}

std::string Encoding::decodeForDisplay(std::string_view stored) const {
    std::string out;
    for (std::size_t at = 0; at < stored.size();) {
        const Character next = characterAt(stored, at);
        appendUtf8(next.codePoint.value_or(0xfffd), out);
        at += next.length;
    }
    return out;
}

Character Encoding::characterAt(std::string_view stored, std::size_t at) const {
    if (isUtf8())
        return utf8At(stored, at);
    const unsigned char byte = byteAt(stored, at);
    if (byte < 0x80)
        return {1, char32_t(byte)};
    const char16_t point = (*m_table)[byte - 0x80u];
    return point == 0 ? Character{1, {}} : Character{1, char32_t(point)};
}

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        at += asciiRun(text, at);
        if (at == text.size())
            break;
        const Character next = utf8At(text, at);
        if (!next.codePoint)
            return false;
        at += next.length;
    }
    return true;
}

void appendUtf8(char32_t codePoint, std::string& out) {
    if (codePoint < 0x80) {
        out += char(codePoint);
    } else if (codePoint < 0x800) {
        out += char(0xc0 | codePoint >> 6);
        out += char(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        out += char(0xe0 | codePoint >> 12);
        out += char(0x80 | (codePoint >> 6 & 0x3f));
        out += char(0x80 | (codePoint & 0x3f));
    } else {
        out += char(0xf0 | codePoint >> 18);
        out += char(0x80 | (codePoint >> 12 & 0x3f));
        out += char(0x80 | (codePoint >> 6 & 0x3f));
        out += char(0x80 | (codePoint & 0x3f));
    }
}

} // namespace sealwright::dataset
