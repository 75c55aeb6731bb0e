#include "crypto/base/utf8.h"
#include "crypto/field/not_tokens.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

// A stray byte is a character of its own.
std::size_t characterLength(std::string_view text, std::size_t at, bool utf8) {
    return utf8 ? std::max<std::size_t>(1, utf8SequenceLength(text, at)) : 1;
}

} // namespace

void appendMasked(std::string_view text, std::uint32_t keepPrefix, std::uint32_t keepSuffix, bool utf8,
                  std::string& out) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); at += characterLength(text, at, utf8)) {
        ++characters;
    }
    const bool longEnough = characters > std::size_t{keepPrefix} + keepSuffix;
    std::size_t index = 0;
    for (std::size_t at = 0; at < text.size(); ++index) {
        const std::size_t length = characterLength(text, at, utf8);
        if (longEnough && (index < keepPrefix || index >= characters - keepSuffix)) {
            out.append(text, at, length);
        } else {
            out += '*';
        }
        at += length;
    }
}

} // namespace sealwright::crypto
