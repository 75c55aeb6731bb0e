#pragma once
#include "crypto/field/token.h"

// The grammar of a token (FORMAT.md §2), with nothing opened.
namespace sealwright::crypto {

struct TokenText {
    Mode mode = Mode::Gcm;
    std::uint32_t version = 0;
    std::string_view payload; ///< b64, not yet decoded
};

/// Nothing where `token` is not `sw1` mode `.` version `.` payload. The payload's alphabet is not looked at.
std::optional<TokenText> splitToken(std::string_view token);

/// `sw1g.1.`: the beginning of every token of that mode and version, and their associated data.
std::string tokenHeader(Mode mode, std::uint32_t version);

/// Row and ordinal out of a nonce of 12 bytes, and into one.
Place placeOfNonce(const Byte* nonce);
void writeNonce(Place place, Byte* nonce);

inline constexpr std::uint32_t maxTokenVersion = 999'999'999;
inline constexpr std::size_t maxBody = std::size_t{64} << 20;
inline constexpr std::uint32_t maxPadTo = 65'536;

} // namespace sealwright::crypto
