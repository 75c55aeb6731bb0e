#include "crypto/field/not_tokens.h"
#include "crypto/primitives/hmac.h"

namespace sealwright::crypto {

namespace {

constexpr std::size_t kept = 20; // bytes of the MAC, 32 characters

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";

void appendBase32(ByteView bytes, std::string& out) {
    std::uint32_t bits = 0;
    int count = 0;
    for (const Byte byte : bytes) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 5; count -= 5) {
            out += alphabet[bits >> (count - 5) & 31];
        }
    }
}

} // namespace

struct Pseudonymiser::Impl {
    HmacSha256 mac;
};

Pseudonymiser::Pseudonymiser(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Pseudonymiser::Pseudonymiser(Pseudonymiser&&) noexcept = default;
Pseudonymiser& Pseudonymiser::operator=(Pseudonymiser&&) noexcept = default;
Pseudonymiser::~Pseudonymiser() = default;

Result<Pseudonymiser> Pseudonymiser::make(const SecretBytes& key) {
    if (key.size() != 32) {
        return fail(Error::BadKey);
    }
    return Pseudonymiser(std::unique_ptr<Impl>(new Impl{HmacSha256(key.reveal())}));
}

void Pseudonymiser::append(ValueType type, std::string_view body, std::string& out) {
    const Byte typeByte = static_cast<Byte>(type);
    m_impl->mac.update({&typeByte, 1});
    m_impl->mac.update(asBytes(body));
    const Sha256Digest mac = m_impl->mac.finish();
    out += "p_";
    appendBase32(ByteView(mac).first(kept), out);
}

bool looksLikePseudonym(std::string_view text) {
    constexpr std::size_t size = 2 + kept * 8 / 5;
    return text.size() == size && text.substr(0, 2) == "p_" &&
           text.find_first_not_of(alphabet, 2) == std::string_view::npos;
}

} // namespace sealwright::crypto
