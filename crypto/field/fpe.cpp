#include "crypto/field/not_tokens.h"
#include "crypto/primitives/ff1.h"

namespace sealwright::crypto {

std::optional<std::string_view> alphabetSymbols(std::string_view name) {
    constexpr std::string_view alnum = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (name == "digits") {
        return alnum.substr(0, 10);
    }
    if (name == "lower") {
        return alnum.substr(36);
    }
    if (name == "upper") {
        return alnum.substr(10, 26);
    }
    if (name == "alnum") {
        return alnum;
    }
    if (name == "alnum-upper") {
        return alnum.substr(0, 36);
    }
    if (name == "hex-lower") {
        return "0123456789abcdef";
    }
    return std::nullopt;
}

struct FpeCipher::Impl {
    static constexpr Byte notInAlphabet = 0xff;

    std::unique_ptr<Ff1> ff1;
    std::string_view symbols;
    std::array<Byte, 256> digitOf{};
    std::size_t keepPrefix = 0, keepSuffix = 0;
    std::array<Byte, Ff1::mostDigits> digits{};
    Bytes tweak;

    ~Impl() {
        wipe(digits);
        wipe(tweak);
    }

    Byte digit(char c) const { return digitOf[static_cast<unsigned char>(c)]; }

    Result<void> change(std::string_view text, std::string& out, bool (Ff1::*operation)(MutableBytes, ByteView)) {
        std::size_t all = 0;
        for (const char c : text) {
            all += digit(c) != notInAlphabet ? 1 : 0;
        }
        if (all <= keepPrefix + keepSuffix || all - keepPrefix - keepSuffix > digits.size()) {
            return fail(Error::NotInDomain);
        }
        const std::size_t end = all - keepSuffix;
        const std::size_t count = end - keepPrefix;
        tweak.clear();
        std::size_t index = 0;
        for (const char c : text) {
            if (digit(c) == notInAlphabet) {
                continue;
            }
            if (index >= keepPrefix && index < end) {
                digits[index - keepPrefix] = digit(c);
            } else {
                separate(index);
                tweak.push_back(static_cast<Byte>(c));
            }
            ++index;
        }
        separate(end);
        if (!(ff1.get()->*operation)(MutableBytes(digits).first(count), tweak)) {
            return fail(Error::NotInDomain);
        }
        index = 0;
        for (const char c : text) {
            const bool changes = digit(c) != notInAlphabet && index >= keepPrefix && index < end;
            out += changes ? symbols[digits[index - keepPrefix]] : c;
            index += digit(c) != notInAlphabet ? 1 : 0;
        }
        return {};
    }

    // The tweak's 00 comes once, after the prefix, where the rule keeps anything at all.
    void separate(std::size_t index) {
        if (tweak.size() == keepPrefix && index >= keepPrefix && keepPrefix + keepSuffix > 0) {
            tweak.push_back(0);
        }
    }
};

FpeCipher::FpeCipher(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FpeCipher::FpeCipher(FpeCipher&&) noexcept = default;
FpeCipher& FpeCipher::operator=(FpeCipher&&) noexcept = default;
FpeCipher::~FpeCipher() = default;

Result<FpeCipher> FpeCipher::make(const SecretBytes& key, FpeRule rule) {
    const auto symbols = alphabetSymbols(rule.alphabet);
    if (!symbols) {
        return fail(Error::NotInDomain);
    }
    if (key.size() != 32) {
        return fail(Error::BadKey);
    }
    auto impl = std::make_unique<Impl>();
    impl->ff1 = Ff1::make(key.reveal(), static_cast<std::uint32_t>(symbols->size()));
    if (!impl->ff1) {
        return fail(Error::LibraryFailure);
    }
    impl->symbols = *symbols;
    impl->digitOf.fill(Impl::notInAlphabet);
    for (std::size_t i = 0; i < symbols->size(); ++i) {
        impl->digitOf[static_cast<unsigned char>((*symbols)[i])] = static_cast<Byte>(i);
    }
    impl->keepPrefix = rule.keepPrefix;
    impl->keepSuffix = rule.keepSuffix;
    return FpeCipher(std::move(impl));
}

Result<void> FpeCipher::encrypt(std::string_view text, std::string& out) {
    return m_impl->change(text, out, &Ff1::encrypt);
}

Result<void> FpeCipher::decrypt(std::string_view text, std::string& out) {
    return m_impl->change(text, out, &Ff1::decrypt);
}

} // namespace sealwright::crypto
