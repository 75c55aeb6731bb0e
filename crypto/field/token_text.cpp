#include "crypto/field/token_text.h"

#include "crypto/base/b64.h"

#include <array>

namespace sealwright::crypto {

std::optional<TokenText> splitToken(std::string_view token) {
    constexpr std::string_view beginning = "sw1";
    constexpr std::size_t maxDigits = 9;
    if (token.size() < beginning.size() + 4 || token.substr(0, 3) != beginning || token[4] != '.') {
        return std::nullopt;
    }
    TokenText text;
    switch (token[3]) {
    case 'g':
        text.mode = Mode::Gcm;
        break;
    case 'c':
        text.mode = Mode::ChaCha;
        break;
    case 's':
        text.mode = Mode::Siv;
        break;
    default:
        return std::nullopt;
    }
    std::size_t at = 5;
    for (; at < token.size() && token[at] != '.'; ++at) {
        const char digit = token[at];
        if (digit < '0' || digit > '9' || at == 5 + maxDigits || (digit == '0' && at == 5)) {
            return std::nullopt;
        }
        text.version = text.version * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    if (at == 5 || at == token.size()) {
        return std::nullopt;
    }
    text.payload = token.substr(at + 1);
    return text;
}

std::string tokenHeader(Mode mode, std::uint32_t version) {
    std::string header = "sw1";
    header += static_cast<char>(mode);
    header += '.';
    header += std::to_string(version);
    header += '.';
    return header;
}

namespace {

std::uint64_t readBigEndian48(const Byte* from) {
    std::uint64_t value = 0;
    for (int i = 0; i < 6; ++i) {
        value = value << 8 | from[i];
    }
    return value;
}

void writeBigEndian48(std::uint64_t value, Byte* to) {
    for (int i = 5; i >= 0; --i, value >>= 8) {
        to[i] = static_cast<Byte>(value);
    }
}

} // namespace

Place placeOfNonce(const Byte* nonce) {
    return {readBigEndian48(nonce), readBigEndian48(nonce + 6)};
}

void writeNonce(Place place, Byte* nonce) {
    writeBigEndian48(place.row, nonce);
    writeBigEndian48(place.ordinal, nonce + 6);
}

std::optional<Place> claimedPlace(std::string_view token) {
    constexpr std::size_t nonceText = 16;    // 12 bytes
    constexpr std::size_t leastPayload = 39; // nonce, type and tag: 29 bytes
    const auto text = splitToken(token);
    if (!text || text->mode == Mode::Siv || text->payload.size() < leastPayload) {
        return std::nullopt;
    }
    std::array<Byte, 12> nonce{};
    if (!b64DecodeInto(text->payload.substr(0, nonceText), nonce)) {
        return std::nullopt;
    }
    return placeOfNonce(nonce.data());
}

Result<Place> readClaim(std::string_view token, Mode mode, std::uint32_t version) {
    constexpr std::size_t leastSiv = 17; // SIV and type
    const auto text = splitToken(token);
    if (!text) {
        return fail(Error::BadEncoding);
    }
    if (text->mode != mode || text->version != version) {
        return fail(Error::WrongField);
    }
    const Result<Bytes> payload = b64Decode(text->payload);
    const std::optional<Place> place = mode == Mode::Siv ? Place{} : claimedPlace(token);
    if (!payload || payload->size() < leastSiv || !place) {
        return fail(Error::BadEncoding);
    }
    return *place;
}

} // namespace sealwright::crypto
