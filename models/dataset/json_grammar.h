#pragma once
#include "models/dataset/json_value.h"

#include <bitset>

// RFC 8259 in one place: the reader of records and the checks of a body use the same.
namespace sealwright::dataset {

inline constexpr unsigned maxJsonDepth = 256; ///< FORMAT.md §9

struct JsonFault {
    Code code = Code::DataJsonSyntax;
    std::size_t at = 0;
};

inline bool isJsonSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

inline std::size_t skipJsonSpace(std::string_view text, std::size_t at) {
    while (at < text.size() && isJsonSpace(text[at]))
        ++at;
    return at;
}

/// Goes over string content from `at` up to the closing quote or the text's end, whichever comes first, and says
/// whether it holds an escape. False with a fault: DataJsonSyntax, DataJsonNotUtf8.
bool scanStringContent(std::string_view text, std::size_t& at, bool& escaped, JsonFault& fault);
/// Goes over a number; false with a fault.
bool scanNumber(std::string_view text, std::size_t& at, JsonFault& fault);
/// The fault of a byte that may not stand where it stands: DataJsonNotUtf8 or DataJsonSyntax; also at the text's end.
JsonFault faultAt(std::string_view text, std::size_t at);

/// Goes over `text` from `at` up to its end, which must be exactly one value with white space around it. `depth`
/// containers are open already. The handler has
///     bool open(JsonKind, std::size_t begin, bool empty, JsonFault&);   bool close(std::size_t end, JsonFault&);
///     bool name(std::size_t begin, std::size_t end, bool escaped, JsonFault&);   // quotes included
///     bool scalar(JsonKind, std::size_t begin, std::size_t end, bool escaped, JsonFault&);
template <class Handler>
bool walkJson(std::string_view text, std::size_t at, unsigned depth, Handler& handler, JsonFault& fault) {
    std::bitset<maxJsonDepth + 1> objects; // by depth: is the container there an object?
    const unsigned outside = depth;
    const auto refuse = [&](std::size_t where) {
        fault = faultAt(text, where);
        return false;
    };
    const auto word = [&](std::string_view wanted, JsonKind kind) {
        if (text.substr(at, wanted.size()) != wanted)
            return refuse(at);
        at += wanted.size();
        return handler.scalar(kind, at - wanted.size(), at, false, fault);
    };
    const auto string = [&](std::size_t& begin, bool& escaped) {
        begin = at++;
        if (!scanStringContent(text, at, escaped, fault))
            return false;
        if (at == text.size())
            return refuse(at);
        ++at;
        return true;
    };
    bool wantsName = false;
    for (;;) {
        at = skipJsonSpace(text, at);
        std::size_t begin = at;
        bool escaped = false;
        if (wantsName) {
            if (at == text.size() || text[at] != '"')
                return refuse(at);
            if (!string(begin, escaped) || !handler.name(begin, at, escaped, fault))
                return false;
            at = skipJsonSpace(text, at);
            if (at == text.size() || text[at] != ':')
                return refuse(at);
            at = skipJsonSpace(text, at + 1);
            begin = at;
            escaped = false;
        }
        if (at == text.size())
            return refuse(at);
        switch (text[at]) {
        case '{':
        case '[': {
            const bool object = text[at] == '{';
            if (depth == maxJsonDepth) {
                fault = {Code::DataJsonTooDeep, at};
                return false;
            }
            const std::size_t inside = skipJsonSpace(text, at + 1);
            const bool empty = inside < text.size() && text[inside] == (object ? '}' : ']');
            if (!handler.open(object ? JsonKind::Object : JsonKind::Array, at, empty, fault))
                return false;
            at = inside;
            if (!empty) {
                objects[++depth] = object;
                wantsName = object;
                continue;
            }
            ++at;
            if (!handler.close(at, fault))
                return false;
            break;
        }
        case '"':
            if (!string(begin, escaped) || !handler.scalar(JsonKind::String, begin, at, escaped, fault))
                return false;
            break;
        case 't':
            if (!word("true", JsonKind::True))
                return false;
            break;
        case 'f':
            if (!word("false", JsonKind::False))
                return false;
            break;
        case 'n':
            if (!word("null", JsonKind::Null))
                return false;
            break;
        default:
            if (!scanNumber(text, at, fault) || !handler.scalar(JsonKind::Number, begin, at, false, fault))
                return false;
        }
        for (;;) {
            at = skipJsonSpace(text, at);
            if (depth == outside) {
                if (at != text.size())
                    return refuse(at);
                return true;
            }
            if (at == text.size())
                return refuse(at);
            const bool object = objects[depth];
            if (text[at] == ',') {
                ++at;
                wantsName = object;
                break;
            }
            if (text[at] != (object ? '}' : ']'))
                return refuse(at);
            ++at;
            --depth;
            if (!handler.close(at, fault))
                return false;
        }
    }
}

} // namespace sealwright::dataset
