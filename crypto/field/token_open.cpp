#include "crypto/base/b64.h"
#include "crypto/field/token.h"
#include "crypto/field/token_cipher.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

constexpr Byte padded = 0x80;
constexpr std::size_t leastWork = 1024;       // of a buffer that serves many tokens
constexpr std::size_t growsFrom = 256u << 10; // from here on a buffer is as long as its token needs

bool knownType(char type, Mode mode) {
    constexpr std::string_view everyMode = "tnbzj";
    return everyMode.find(type) != std::string_view::npos || (mode != Mode::Siv && (type == 'q' || type == 'e'));
}

} // namespace

struct TokenOpener::Impl : TokenCipher {
    explicit Impl(TokenCipher cipher) : TokenCipher(std::move(cipher)) {}

    Result<OpenedValue> split(ByteView plaintext) const {
        OpenedValue value;
        const char type = static_cast<char>(plaintext[0] & ~padded);
        if (!knownType(type, mode)) {
            return fail(Error::BadPlaintext);
        }
        value.type = static_cast<ValueType>(type);
        value.body = asText(plaintext.subspan(1));
        if (plaintext[0] & padded) {
            const std::size_t last = value.body.find_last_not_of('\0');
            if (last == std::string_view::npos || static_cast<Byte>(value.body[last]) != padded) {
                return fail(Error::BadPlaintext);
            }
            value.body = value.body.substr(0, last);
        }
        return value;
    }
};

TokenOpener::TokenOpener(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TokenOpener::TokenOpener(TokenOpener&&) noexcept = default;
TokenOpener& TokenOpener::operator=(TokenOpener&&) noexcept = default;
TokenOpener::~TokenOpener() = default;

Result<TokenOpener> TokenOpener::make(Mode mode, const SecretBytes& key, std::uint32_t version) {
    auto cipher = TokenCipher::make(mode, key, version);
    if (!cipher) {
        return cipher.failed();
    }
    auto impl = std::make_unique<Impl>(std::move(*cipher));
    return TokenOpener(std::move(impl));
}

Mode TokenOpener::mode() const {
    return m_impl->mode;
}

Result<void> TokenOpener::rekey(const SecretBytes& key) {
    return m_impl->TokenCipher::rekey(key);
}

Result<OpenedValue> TokenOpener::open(std::string_view token, SecretBytes& work) {
    Impl& my = *m_impl;
    if (token.substr(0, my.header.size()) != my.header) {
        return fail(splitToken(token) ? Error::WrongField : Error::BadEncoding);
    }
    const std::string_view payload = token.substr(my.header.size());
    const std::size_t front = my.siv ? aesBlock : aeadNonce;
    const std::size_t around = front + (my.siv ? 0 : aeadTag);
    const std::size_t size = payload.size() * 3 / 4;
    if (size < around + 1) {
        return fail(Error::BadEncoding);
    }
    if (size > around + 1 + maxBody + maxPadTo) {
        return fail(Error::LimitReached);
    }
    if (work.size() < size) {
        work = SecretBytes(); // what it holds goes before the next is made
        work = SecretBytes(size < growsFrom ? std::max(2 * size, leastWork) : size);
    }
    const MutableBytes bytes = work.revealMutable().first(size);
    const auto decoded = b64DecodeInto(payload, bytes);
    if (!decoded) {
        return decoded.failed();
    }
    Byte* const text = bytes.data() + front;
    const bool authentic = my.siv
                               ? my.siv->open(bytes, text)
                               : my.aead->open(bytes.first(aeadNonce), asBytes(my.header), bytes.subspan(front), text);
    if (!authentic) {
        return fail(Error::NotAuthentic);
    }
    auto value = my.split({text, size - around});
    if (value && my.aead) {
        value->place = placeOfNonce(bytes.data());
    }
    return value;
}

} // namespace sealwright::crypto
