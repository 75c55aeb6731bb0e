#include "app/net/token_bucket.h"

#include <algorithm>
#include <cmath>

namespace sealwright::net {

namespace {

constexpr std::uint64_t leastTurn = 1u << 10, mostTurn = 256u << 10;
constexpr double savedSeconds = 0.1;

} // namespace

void TokenBucket::setRate(std::uint64_t rate, Clock::time_point now) {
    fill(now);
    m_rate = static_cast<double>(std::max<std::uint64_t>(rate, 1));
    m_saved = std::min(m_saved, most());
}

std::uint64_t TokenBucket::turn() const {
    constexpr double turnsASecond = 32;
    return std::clamp(static_cast<std::uint64_t>(m_rate / turnsASecond), leastTurn, mostTurn);
}

/// A turn always fits, else nobody would ever get one.
double TokenBucket::most() const {
    return std::max(m_rate * savedSeconds, static_cast<double>(turn()));
}

void TokenBucket::fill(Clock::time_point now) {
    const std::chrono::duration<double> since = now - m_at;
    m_saved = std::min(m_saved + m_rate * since.count(), std::max(m_saved, most()));
    m_at = now;
}

std::uint64_t TokenBucket::there(Clock::time_point now) {
    fill(now);
    return m_saved < 1 ? 0 : static_cast<std::uint64_t>(m_saved);
}

TokenBucket::Clock::duration TokenBucket::until(std::uint64_t bytes) const {
    const double missing = static_cast<double>(bytes) - m_saved;
    if (missing <= 0)
        return {};
    return std::chrono::ceil<Clock::duration>(std::chrono::duration<double>(missing / m_rate));
}

} // namespace sealwright::net
