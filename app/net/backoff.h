#pragma once
#include <chrono>
#include <optional>

namespace sealwright::net {

/// How long to wait before a call is made once more: doubling from `first` up to `longest`, each shortened by a random
/// part of up to a half, so that many machines do not come back at the same moment.
struct Backoff {
    int attempts = 4; ///< in all, the first one included
    std::chrono::milliseconds first{400};
    std::chrono::milliseconds longest{10'000};
    bool afterTimeout = true; ///< false: who let a whole time-out pass is not asked again

    /// After `failed` attempts (from 1). `asked` is what the server's Retry-After says: waited for in full up to
    /// `longestAsked`.
    std::chrono::milliseconds delay(int failed, std::optional<std::chrono::seconds> asked) const;
    static constexpr std::chrono::seconds longestAsked{30};
};

} // namespace sealwright::net
