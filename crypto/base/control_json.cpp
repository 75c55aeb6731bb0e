#include "crypto/base/control_json.h"

#include "crypto/base/utf8.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

constexpr int maxDepth = 256;
constexpr std::size_t maxValues = 5'000'000; // FORMAT.md §9
constexpr std::int64_t maxInteger = std::int64_t{1} << 53;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

void appendUtf8(std::uint32_t point, std::string& out) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | point >> 6);
        put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        put(0xe0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    } else {
        put(0xf0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3f));
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    }
}

bool hasDuplicates(const JsonObject& object) {
    if (object.size() < 2) {
        return false;
    }
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const auto& member : object) {
        names.push_back(member.first);
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

/// The values of a document, told by its commas and by what its brackets hold, without building any: 50 bytes for each
/// of tens of millions are not spent on what is refused anyway. Exact where the text is JSON; of other text any number.
std::size_t countValues(std::string_view text) {
    std::size_t values = 1;
    bool opened = false; // a bracket, and nothing but space since
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            continue;
        }
        const bool closes = c == ']' || c == '}';
        values += (opened && !closes) || c == ',' ? 1 : 0;
        opened = c == '[' || c == '{';
        if (c == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                at += text[at] == '\\' ? 1 : 0;
            }
        }
    }
    return values;
}

// Recursive descent; every function gives false at the first byte that RFC 8259 does not allow there.
class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    bool document(Json& out) {
        skipSpace();
        if (!value(out, 0)) {
            return false;
        }
        skipSpace();
        return m_at == m_text.size();
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c) {
        if (m_at < m_text.size() && m_text[m_at] == c) {
            ++m_at;
            return true;
        }
        return false;
    }
    bool takeWord(std::string_view word) {
        if (m_text.substr(m_at, word.size()) != word) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            ++m_at;
        }
    }

    bool value(Json& out, int depth) {
        switch (peek()) {
        case '{':
            return object(out, depth + 1);
        case '[':
            return array(out, depth + 1);
        case '"': {
            std::string text;
            if (!string(text)) {
                return false;
            }
            out = Json(std::move(text));
            return true;
        }
        case 't':
            out = Json(true);
            return takeWord("true");
        case 'f':
            out = Json(false);
            return takeWord("false");
        case 'n':
            out = Json(nullptr);
            return takeWord("null");
        default:
            return number(out);
        }
    }

    bool object(Json& out, int depth) {
        if (depth > maxDepth) {
            return false;
        }
        JsonObject members;
        ++m_at;
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                JsonMember member;
                if (!string(member.first)) {
                    return false;
                }
                skipSpace();
                if (!take(':')) {
                    return false;
                }
                skipSpace();
                if (!value(member.second, depth)) {
                    return false;
                }
                members.push_back(std::move(member));
                skipSpace();
            } while (take(','));
            if (!take('}') || hasDuplicates(members)) {
                return false;
            }
        }
        members.shrink_to_fit(); // a manifest has 100,000 objects of nine members, and room for sixteen in each
        out = Json(std::move(members));
        return true;
    }

    bool array(Json& out, int depth) {
        if (depth > maxDepth) {
            return false;
        }
        JsonArray elements;
        ++m_at;
        skipSpace();
        if (!take(']')) {
            do {
                skipSpace();
                Json element;
                if (!value(element, depth)) {
                    return false;
                }
                elements.push_back(std::move(element));
                skipSpace();
            } while (take(','));
            if (!take(']')) {
                return false;
            }
        }
        elements.shrink_to_fit();
        out = Json(std::move(elements));
        return true;
    }

    bool number(Json& out) {
        const std::size_t begin = m_at;
        const bool negative = take('-');
        if (!take('0')) {
            if (!isDigit(peek())) {
                return false;
            }
            skipDigits();
        }
        bool integer = true;
        if (take('.')) {
            integer = false;
            if (!isDigit(peek())) {
                return false;
            }
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            ++m_at;
            if (peek() == '+' || peek() == '-') {
                ++m_at;
            }
            if (!isDigit(peek())) {
                return false;
            }
            skipDigits();
        }
        const std::string_view written = m_text.substr(begin, m_at - begin);
        std::int64_t magnitude = 0;
        for (const char c : written.substr(negative ? 1 : 0)) {
            if (!integer) {
                break;
            }
            magnitude = magnitude * 10 + (c - '0');
            integer = magnitude <= maxInteger;
        }
        out = integer ? Json(negative ? -magnitude : magnitude) : Json(JsonReal{std::string(written)});
        return true;
    }
    void skipDigits() {
        while (isDigit(peek())) {
            ++m_at;
        }
    }

    bool string(std::string& out) {
        if (!take('"')) {
            return false;
        }
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\') {
                ++m_at;
                if (!escape(out)) {
                    return false;
                }
                continue;
            }
            const std::size_t length = static_cast<unsigned char>(c) < 0x20 ? 0 : utf8SequenceLength(m_text, m_at);
            if (length == 0) {
                return false;
            }
            out.append(m_text, m_at, length);
            m_at += length;
        }
        return false;
    }

    bool escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (m_at == m_text.size()) {
            return false;
        }
        const char letter = m_text[m_at++];
        if (letter != 'u') {
            const std::size_t which = letters.find(letter);
            if (which == std::string_view::npos) {
                return false;
            }
            out += meanings[which];
            return true;
        }
        std::uint32_t point = 0;
        if (!hexFour(point)) {
            return false;
        }
        if (point >= 0xd800 && point <= 0xdbff) {
            std::uint32_t low = 0;
            if (!takeWord("\\u") || !hexFour(low) || low < 0xdc00 || low > 0xdfff) {
                return false;
            }
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        } else if (point >= 0xdc00 && point <= 0xdfff) {
            return false;
        }
        appendUtf8(point, out);
        return true;
    }

    bool hexFour(std::uint32_t& out) {
        for (int i = 0; i < 4; ++i) {
            const char c = peek();
            std::uint32_t digit = 0;
            if (isDigit(c)) {
                digit = static_cast<std::uint32_t>(c - '0');
            } else if (c >= 'a' && c <= 'f') {
                digit = static_cast<std::uint32_t>(c - 'a' + 10);
            } else if (c >= 'A' && c <= 'F') {
                digit = static_cast<std::uint32_t>(c - 'A' + 10);
            } else {
                return false;
            }
            out = out << 4 | digit;
            ++m_at;
        }
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

const Json* Json::find(std::string_view name) const {
    if (const JsonObject* members = object()) {
        for (const auto& member : *members) {
            if (member.first == name) {
                return &member.second;
            }
        }
    }
    return nullptr;
}

Result<Json> parseControlJson(std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes) {
        return fail(Error::LimitReached);
    }
    if (text.size() / 2 >= maxValues && countValues(text) > maxValues) { // a value is a byte, and one that parts it
        return fail(Error::LimitReached);
    }
    Json out;
    if (!Parser(text).document(out)) {
        return fail(Error::BadEncoding);
    }
    return out;
}

} // namespace sealwright::crypto
