#include "crypto/base/b64.h"
#include "crypto/field/token.h"
#include "crypto/field/token_cipher.h"

#include <algorithm>
#include <cstring>

namespace sealwright::crypto {

namespace {

constexpr std::uint64_t placeLimit = std::uint64_t{1} << 48;
constexpr Byte padded = 0x80;
constexpr std::size_t growsFrom = 256u << 10, slack = 64;

} // namespace

struct TokenSealer::Impl : TokenCipher {
    explicit Impl(TokenCipher cipher) : TokenCipher(std::move(cipher)) {}

    std::uint32_t padTo = 0;

    std::size_t plaintextSize(std::size_t body) const { return 1 + (padTo ? (body / padTo + 1) * padTo : body); }

    void writePlaintext(ValueType type, std::string_view body, Byte* to, std::size_t size) const {
        to[0] = static_cast<Byte>(static_cast<Byte>(type) | (padTo ? padded : 0));
        if (!body.empty()) {
            std::memcpy(to + 1, body.data(), body.size());
        }
        if (padTo) {
            to[1 + body.size()] = padded;
            std::memset(to + body.size() + 2, 0, size - body.size() - 2);
        }
    }
};

TokenSealer::TokenSealer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TokenSealer::TokenSealer(TokenSealer&&) noexcept = default;
TokenSealer& TokenSealer::operator=(TokenSealer&&) noexcept = default;
TokenSealer::~TokenSealer() = default;

Result<TokenSealer> TokenSealer::make(Mode mode, const SecretBytes& key, std::uint32_t version, std::uint32_t padTo) {
    auto cipher = TokenCipher::make(mode, key, version);
    if (!cipher) {
        return cipher.failed();
    }
    if (padTo > maxPadTo) {
        return fail(Error::LimitReached);
    }
    auto impl = std::make_unique<Impl>(std::move(*cipher));
    impl->padTo = padTo;
    return TokenSealer(std::move(impl));
}

Mode TokenSealer::mode() const {
    return m_impl->mode;
}

Result<void> TokenSealer::rekey(const SecretBytes& key, std::uint32_t padTo) {
    if (padTo > maxPadTo) {
        return fail(Error::LimitReached);
    }
    m_impl->padTo = padTo;
    return m_impl->TokenCipher::rekey(key);
}

Result<void> TokenSealer::seal(ValueType type, std::string_view body, Place place, std::string& out) {
    Impl& my = *m_impl;
    if (body.size() > maxBody) {
        return fail(Error::LimitReached);
    }
    const std::size_t size = my.plaintextSize(body.size());
    const std::size_t front = my.siv ? aesBlock : aeadNonce;
    const std::size_t payload = front + size + (my.siv ? 0 : aeadTag);
    if (my.siv && (type == ValueType::Quoted || type == ValueType::Escaped)) {
        return fail(Error::BadPlaintext);
    }
    if (!my.siv && (place.row >= placeLimit || place.ordinal >= placeLimit)) {
        return fail(Error::LimitReached);
    }
    // The payload is made at the end of the room for its text, which is a third longer, and then written over from the
    // front: nothing else is needed for a value, however long.
    const std::size_t before = out.size();
    const std::size_t room = b64Length(payload);
    out.append(my.header);
    if (room > growsFrom) {
        out.reserve(out.size() + room + slack); // what follows a long token does not make it move
    }
    const std::size_t begin = out.size();
    out.resize(begin + room);
    Byte* const nonce = reinterpret_cast<Byte*>(out.data() + begin) + (room - payload);
    Byte* const text = nonce + front;
    my.writePlaintext(type, body, text, size);
    if (my.siv) {
        my.siv->seal({text, size}, nonce);
    } else {
        writeNonce(place, nonce);
        if (!my.aead->seal({nonce, aeadNonce}, asBytes(my.header), {text, size}, text)) {
            wipe(MutableBytes(text, size));
            out.resize(before);
            return fail(Error::LibraryFailure);
        }
    }
    b64EncodeInPlace({nonce, payload}, out.data() + begin);
    return {};
}

} // namespace sealwright::crypto
