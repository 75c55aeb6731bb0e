#pragma once
#include <chrono>
#include <cstdint>

namespace sealwright::net {

/// How many bytes may go by now at a steady rate. What nobody takes is saved up, but only for a tenth of a second, so
/// that a rest is not followed by a burst. The time is handed in, and never goes back. For one thread.
class TokenBucket {
public:
    using Clock = std::chrono::steady_clock;

    explicit TokenBucket(Clock::time_point now) : m_at(now) {}

    /// Bytes a second, at least 1, from now on. What was saved or is owed stays, as far as it fits.
    void setRate(std::uint64_t rate, Clock::time_point now);
    /// Taken together at one time: about a thirtieth of a second's worth, so that many share a slow link in small turns
    /// and a fast one in few.
    std::uint64_t turn() const;
    /// Whole bytes that may go at `now`.
    std::uint64_t there(Clock::time_point now);
    /// More than there are is owed, and made up for later.
    void take(std::uint64_t bytes) { m_saved -= static_cast<double>(bytes); }
    /// What was taken and not used.
    void giveBack(std::uint64_t bytes) { m_saved += static_cast<double>(bytes); }
    /// From the last look on, until `bytes` (at most a turn) will be there.
    Clock::duration until(std::uint64_t bytes) const;

private:
    void fill(Clock::time_point now);
    double most() const;

    double m_rate = 1, m_saved = 0; ///< a second; bytes, less than 0 where some are owed
    Clock::time_point m_at;         ///< when m_saved was true
};

} // namespace sealwright::net
