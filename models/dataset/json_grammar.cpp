#include "models/dataset/json_grammar.h"

#include "models/dataset/byte_mask.h"
#include "models/dataset/encoding.h"

#include <bit>

namespace sealwright::dataset {
namespace {

bool isDigit(std::string_view text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The next byte that is not plain ASCII text of a string, or the end.
std::size_t nextOfNote(std::string_view text, std::size_t at) {
    using Block = ByteBlock<1>;
    while (text.size() - at >= Block::size) {
        const Block block(text.data() + at);
        const std::uint64_t mask = block.equals('"') | block.equals('\\') | block.controls() | block.high();
        if (mask != 0)
            return at + std::size_t(std::countr_zero(mask));
        at += Block::size;
    }
    for (; at < text.size(); ++at) {
        const unsigned char byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
    }
    return at;
}

bool scanEscape(std::string_view text, std::size_t& at, JsonFault& fault) {
    ++at;
    if (at < text.size() && std::string_view("\"\\/bfnrt").find(text[at]) != std::string_view::npos) {
        ++at;
        return true;
    }
    if (at < text.size() && text[at] == 'u') {
        ++at;
        for (int i = 0; i < 4; ++i, ++at) {
            if (at >= text.size() || !isHex(text[at])) {
                fault = faultAt(text, at);
                return false;
            }
        }
        return true;
    }
    fault = faultAt(text, at);
    return false;
}

} // namespace

JsonFault faultAt(std::string_view text, std::size_t at) {
    const bool broken = at < text.size() && !Encoding::utf8().characterAt(text, at).codePoint;
    return {broken ? Code::DataJsonNotUtf8 : Code::DataJsonSyntax, at};
}

bool scanStringContent(std::string_view text, std::size_t& at, bool& escaped, JsonFault& fault) {
    for (;;) {
        at = nextOfNote(text, at);
        if (at == text.size() || text[at] == '"')
            return true;
        if (text[at] == '\\') {
            escaped = true;
            if (!scanEscape(text, at, fault))
                return false;
            continue;
        }
        const Character next = Encoding::utf8().characterAt(text, at);
        if (!next.codePoint || *next.codePoint < 0x20) {
            fault = faultAt(text, at);
            return false;
        }
        at += next.length;
    }
}

bool scanNumber(std::string_view text, std::size_t& at, JsonFault& fault) {
    const auto digits = [&] {
        if (!isDigit(text, at)) {
            fault = faultAt(text, at);
            return false;
        }
        while (isDigit(text, at))
            ++at;
        return true;
    };
    if (at < text.size() && text[at] == '-')
        ++at;
    if (at < text.size() && text[at] == '0')
        ++at;
    else if (!digits())
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits())
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        return digits();
    }
    return true;
}

} // namespace sealwright::dataset
