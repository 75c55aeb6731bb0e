#pragma once
#include "crypto/field/token.h"

// Pseudonym, FF1 and mask (FORMAT.md §2, "Not tokens"). One object a worker and field.
namespace sealwright::crypto {

class Pseudonymiser {
public:
    static Result<Pseudonymiser> make(const SecretBytes& key);
    Pseudonymiser(Pseudonymiser&&) noexcept;
    Pseudonymiser& operator=(Pseudonymiser&&) noexcept;
    ~Pseudonymiser();
    /// Appends `p_` and 32 characters. `type` is Text (decoded UTF-8), Null or Json.
    void append(ValueType type, std::string_view body, std::string& out);

private:
    struct Impl;
    explicit Pseudonymiser(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// `p_` and 32 characters of that alphabet.
bool looksLikePseudonym(std::string_view text);

/// The alphabet's symbols in ASCII order: digits, lower, upper, alnum, alnum-upper, hex-lower; nothing for another
/// name.
std::optional<std::string_view> alphabetSymbols(std::string_view name);

struct FpeRule {
    std::string_view alphabet;                    ///< a name that alphabetSymbols knows
    std::uint32_t keepPrefix = 0, keepSuffix = 0; ///< in alphabet characters
};

class FpeCipher {
public:
    static Result<FpeCipher> make(const SecretBytes& key, FpeRule rule);
    FpeCipher(FpeCipher&&) noexcept;
    FpeCipher& operator=(FpeCipher&&) noexcept;
    ~FpeCipher();
    /// Append the text with its alphabet characters replaced. NotInDomain for fewer than 1,000,000 possible values or
    /// more than 1,024 characters to change; `out` is then as before.
    Result<void> encrypt(std::string_view text, std::string& out);
    Result<void> decrypt(std::string_view text, std::string& out);

private:
    struct Impl;
    explicit FpeCipher(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Every code point but the kept ones becomes `*`. With `utf8` false, or for a byte that is not part of valid UTF-8,
/// a character is one byte.
void appendMasked(std::string_view text, std::uint32_t keepPrefix, std::uint32_t keepSuffix, bool utf8,
                  std::string& out);

} // namespace sealwright::crypto
