#pragma once
#include "crypto/base/control_json.h"

#include <array>

// What JWS and JWE share: parts joined by dots, and a header of exactly three members (FORMAT.md §5).
namespace sealwright::crypto {

/// The longest part that can hold what a 1 MiB control document becomes inside a JWE inside a JWS; all lengths are
/// checked against these first.
inline constexpr std::size_t maxDocument = std::size_t{1} << 20;
inline constexpr std::size_t maxJwe = maxDocument * 4 / 3 + 2048;
inline constexpr std::size_t maxJws = maxJwe * 4 / 3 + 2048;
inline constexpr std::size_t maxHeader = 1024;

/// Exactly `count` parts between dots, empty ones among them; BadEncoding.
Result<std::vector<std::string_view>> splitCompact(std::string_view text, std::size_t count, std::size_t maxLength);

/// Decodes a header. BadEncoding where it is no b64 of a JSON object, BadHeader where its members are not exactly
/// `alg`, `kid` and `third`, all texts, or `alg` is another.
struct CompactHeader {
    std::string kid;
    std::string third; ///< `typ` of a JWS, `enc` of a JWE
};
Result<CompactHeader> readHeader(std::string_view part, std::string_view alg, std::string_view thirdName);

/// b64 of {"alg":…, thirdName:…, "kid":…} with `kid` and `typ`/`enc` in the order that Sealwright writes.
std::string writeHeader(JsonObject members);

} // namespace sealwright::crypto
