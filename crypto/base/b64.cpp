#include "crypto/base/b64.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace sealwright::crypto {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Twelve bits at a time: two characters a look-up.
constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = {alphabet[i >> 6], alphabet[i & 63]};
    }
    return table;
}();

constexpr std::uint32_t notInAlphabet = 1u << 31;

// One table for each of the four places of a group, already shifted; a bad character sets the top bit.
constexpr auto places = [] {
    std::array<std::array<std::uint32_t, 256>, 4> table{};
    for (std::size_t place = 0; place < 4; ++place) {
        table[place].fill(notInAlphabet);
        for (std::uint32_t i = 0; i < 64; ++i) {
            table[place][static_cast<unsigned char>(alphabet[i])] = i << (18 - 6 * place);
        }
    }
    return table;
}();

std::uint32_t at(std::size_t place, char c) {
    return places[place][static_cast<unsigned char>(c)];
}

void encodeTo(ByteView bytes, char* to) {
    const Byte* from = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 3; left -= 3, from += 3, to += 4) {
        const std::uint32_t group = std::uint32_t{from[0]} << 16 | std::uint32_t{from[1]} << 8 | from[2];
        std::memcpy(to, pairs[group >> 12].data(), 2);
        std::memcpy(to + 2, pairs[group & 0xfff].data(), 2);
    }
    if (left == 1) {
        std::memcpy(to, pairs[std::uint32_t{from[0]} << 4].data(), 2);
    } else if (left == 2) {
        const std::uint32_t group = std::uint32_t{from[0]} << 16 | std::uint32_t{from[1]} << 8;
        std::memcpy(to, pairs[group >> 12].data(), 2);
        to[2] = pairs[group & 0xfff][0];
    }
}

} // namespace

std::string b64Encode(ByteView bytes) {
    std::string out(b64Length(bytes.size()), '\0');
    encodeTo(bytes, out.data());
    return out;
}

void b64EncodeInPlace(ByteView bytes, char* to) {
    encodeTo(bytes, to); // a group is read before its characters are written, and these are never ahead of it
}

void b64Append(ByteView bytes, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + b64Length(bytes.size()));
    encodeTo(bytes, out.data() + before);
}

Result<std::size_t> b64DecodeInto(std::string_view text, MutableBytes out) {
    const std::size_t rest = text.size() % 4;
    const std::size_t whole = text.size() / 4;
    const std::size_t size = whole * 3 + (rest ? rest - 1 : 0);
    if (rest == 1 || out.size() < size) {
        return fail(Error::BadEncoding);
    }
    const char* from = text.data();
    Byte* to = out.data();
    std::uint32_t seen = 0;
    for (std::size_t i = 0; i < whole; ++i, from += 4, to += 3) {
        const std::uint32_t group = at(0, from[0]) | at(1, from[1]) | at(2, from[2]) | at(3, from[3]);
        seen |= group;
        to[0] = static_cast<Byte>(group >> 16);
        to[1] = static_cast<Byte>(group >> 8);
        to[2] = static_cast<Byte>(group);
    }
    if (rest) {
        const std::uint32_t group = at(0, from[0]) | at(1, from[1]) | (rest == 3 ? at(2, from[2]) : 0);
        const std::uint32_t unused = rest == 3 ? 0xffu : 0xffffu;
        seen |= group & unused ? notInAlphabet : group;
        to[0] = static_cast<Byte>(group >> 16);
        if (rest == 3) {
            to[1] = static_cast<Byte>(group >> 8);
        }
    }
    if (seen & notInAlphabet) {
        return fail(Error::BadEncoding);
    }
    return size;
}

Result<Bytes> b64Decode(std::string_view text) {
    Bytes out(text.size() * 3 / 4);
    const auto size = b64DecodeInto(text, out);
    if (!size) {
        return size.failed();
    }
    out.resize(*size);
    return out;
}

} // namespace sealwright::crypto
