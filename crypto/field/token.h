#pragma once
#include "crypto/keys/derive.h"

#include <memory>
#include <string>

// Tokens: a value that can be restored, as text (FORMAT.md §2).
namespace sealwright::crypto {

/// The type byte of a plaintext, bit 7 aside.
enum class ValueType : char {
    Text = 't',
    Quoted = 'q',
    Escaped = 'e',
    Number = 'n',
    Boolean = 'b',
    Null = 'z',
    Json = 'j'
};

struct Place {
    std::uint64_t row = 0;     ///< below 2^48
    std::uint64_t ordinal = 0; ///< below 2^48
};

/// Makes the tokens of one field. Keeps its expanded key and context and no more, whatever it sealed; never shared
/// between threads. Nothing is allocated per value but growth of `out`.
class TokenSealer {
public:
    /// `mode` is Gcm, ChaCha or Siv; `key` as derived for it; `version` as it stands in the token; `padTo` 0 (none) or
    /// 1–65,536.
    static Result<TokenSealer> make(Mode mode, const SecretBytes& key, std::uint32_t version, std::uint32_t padTo);
    Mode mode() const;
    /// Goes on for another field of the same mode and version. BadKey, LimitReached (padTo), LibraryFailure: it must
    /// not be used any more then.
    Result<void> rekey(const SecretBytes& key, std::uint32_t padTo);
    TokenSealer(TokenSealer&&) noexcept;
    TokenSealer& operator=(TokenSealer&&) noexcept;
    ~TokenSealer();

    /// Appends the token to `out`; on an error `out` is as before. Siv ignores `place`. LimitReached where row or
    /// ordinal is 2^48 or more, or the body longer than 64 MiB.
    Result<void> seal(ValueType type, std::string_view body, Place place, std::string& out);

private:
    struct Impl;
    explicit TokenSealer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

struct OpenedValue {
    ValueType type = ValueType::Null;
    std::string_view body; ///< into the caller's buffer
    Place place;           ///< Gcm and ChaCha only
};

/// Opens the tokens of one field. As TokenSealer.
class TokenOpener {
public:
    static Result<TokenOpener> make(Mode mode, const SecretBytes& key, std::uint32_t version);
    Mode mode() const;
    /// As TokenSealer::rekey().
    Result<void> rekey(const SecretBytes& key);
    TokenOpener(TokenOpener&&) noexcept;
    TokenOpener& operator=(TokenOpener&&) noexcept;
    ~TokenOpener();

    /// BadEncoding (not a token), WrongField (another mode or version), NotAuthentic, BadPlaintext (unknown type,
    /// broken padding, bit 7 …). Whether the body fits its place is checked by the caller, who knows the format. `work`
    /// is where the value is opened; it grows as needed, and serves for any number of openers, one call at a time.
    Result<OpenedValue> open(std::string_view token, SecretBytes& work);

private:
    struct Impl;
    explicit TokenOpener(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The row that a g or c token claims, before anything is checked; nothing for mode s or what is no token.
std::optional<Place> claimedPlace(std::string_view token);
/// As much of TokenOpener::open() as needs no key: BadEncoding, WrongField; else the place that a g or c token claims,
/// for mode s none.
Result<Place> readClaim(std::string_view token, Mode mode, std::uint32_t version);

} // namespace sealwright::crypto
