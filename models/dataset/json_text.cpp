#include "models/dataset/json_text.h"

#include "models/dataset/encoding.h"
#include "models/dataset/json_grammar.h"

namespace sealwright::dataset {
namespace {

unsigned hexValue(char c) {
    return unsigned(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

char32_t hex4(std::string_view content, std::size_t at) {
    char32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        value = value << 4 | hexValue(content[i]);
    return value;
}

/// Calls `loneSurrogate` (false ends it all) where a \u escape stands alone.
template <class Lone>
bool unescape(std::string_view content, std::string& out, Lone loneSurrogate) {
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t escape = std::min(content.find('\\', at), content.size());
        out.append(content.substr(at, escape - at));
        at = escape + 2;
        if (escape == content.size())
            break;
        switch (content[escape + 1]) {
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        case 'u': {
            char32_t point = hex4(content, at);
            at += 4;
            if (point >= 0xd800 && point <= 0xdbff && content.substr(at, 2) == "\\u") {
                const char32_t low = hex4(content, at + 2);
                if (low >= 0xdc00 && low <= 0xdfff) {
                    point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
                    at += 6;
                }
            }
            if (point >= 0xd800 && point <= 0xdfff) {
                if (!loneSurrogate())
                    return false;
                point = 0xfffd;
            }
            appendUtf8(point, out);
            break;
        }
        default:
            out += content[escape + 1];
        }
    }
    return true;
}

/// The name of a control character in an escape, or 0 for \u00xx.
char shortEscape(char c) {
    switch (c) {
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

struct NamesOnly {
    std::string_view text;
    std::string scratch;
    bool open(JsonKind, std::size_t, bool, JsonFault&) { return true; }
    bool close(std::size_t, JsonFault&) { return true; }
    bool scalar(JsonKind, std::size_t, std::size_t, bool, JsonFault&) { return true; }
    bool name(std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        scratch.clear();
        if (!escaped || unescapeJson(text.substr(begin + 1, end - begin - 2), scratch))
            return true;
        fault = {Code::DataJsonLoneSurrogate, begin};
        return false;
    }
};

} // namespace

bool unescapeJson(std::string_view content, std::string& out) {
    const std::size_t before = out.size();
    const bool good = unescape(content, out, [] { return false; });
    if (!good)
        out.resize(before);
    return good;
}

std::string unescapeJsonForDisplay(std::string_view content) {
    std::string out;
    unescape(content, out, [] { return true; });
    return out;
}

void escapeJson(std::string_view utf8, std::string& out) {
    static constexpr char hex[] = "0123456789abcdef";
    for (const char c : utf8) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            out += c;
        } else if (const char name = shortEscape(c); name != 0) {
            out += '\\';
            out += name;
        } else {
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
}

bool isLeastEscaped(std::string_view content) {
    for (std::size_t at = content.find('\\'); at != std::string_view::npos; at = content.find('\\', at)) {
        const char next = content[at + 1];
        at += 2;
        if (next == '/')
            return false;
        if (next != 'u')
            continue;
        const std::string_view digits = content.substr(at, 4);
        const char32_t point = hex4(content, at);
        const bool lowerCase = digits.find_first_of("ABCDEF") == std::string_view::npos;
        if (point >= 0x20 || !lowerCase || shortEscape(char(point)) != 0)
            return false;
        at += 4;
    }
    return true;
}

bool isJsonNumber(std::string_view body) {
    JsonFault fault;
    std::size_t at = 0;
    return scanNumber(body, at, fault) && at == body.size();
}

bool isJsonBoolean(std::string_view body) {
    return body == "true" || body == "false";
}

bool isPlainStringContent(std::string_view body) {
    JsonFault fault;
    std::size_t at = 0;
    bool escaped = false;
    return scanStringContent(body, at, escaped, fault) && at == body.size() && !escaped;
}

bool isEscapedStringContent(std::string_view body) {
    JsonFault fault;
    std::size_t at = 0;
    bool escaped = false;
    return scanStringContent(body, at, escaped, fault) && at == body.size() && escaped;
}

bool isJsonText(std::string_view text, JsonFault& fault) {
    NamesOnly handler{text, {}};
    return walkJson(text, 0, 0, handler, fault);
}

bool isOneContainer(std::string_view body, unsigned depth) {
    if (body.empty() || (body.front() != '{' && body.front() != '[') || isJsonSpace(body.back()))
        return false;
    NamesOnly handler{body, {}};
    JsonFault fault;
    return depth <= maxJsonDepth && walkJson(body, 0, maxJsonDepth - depth, handler, fault);
}

} // namespace sealwright::dataset
