#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sealwright {

/// Whole seconds since 1970-01-01T00:00:00Z.
using Instant = std::int64_t;
inline constexpr Instant secondsADay = 86400;

/// RFC 3339 in UTC with `Z`, whole seconds, as documents hold it.
std::string toRfc3339(Instant when);
/// Nothing where the text is not exactly of that form or no real date.
std::optional<Instant> fromRfc3339(std::string_view text);
Instant now();

/// A lower-case UUID of 36 characters?
bool isUuid(std::string_view text);

} // namespace sealwright
