#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace sealwright::s3 {

/// What the link to each endpoint was last seen to carry. Safe on any thread.
class LinkRates {
public:
    /// Bytes a second; 0 where nothing large enough to tell has gone over it yet.
    std::uint64_t of(const std::string& endpoint) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_rates.find(endpoint);
        return found == m_rates.end() ? 0 : found->second;
    }

    void note(const std::string& endpoint, std::uint64_t bytes, std::chrono::steady_clock::duration took) {
        constexpr std::uint64_t telling = 4u << 20; // less says more about the way there than about its width
        const double seconds = std::chrono::duration<double>(took).count();
        if (bytes < telling || seconds <= 0)
            return;
        const std::lock_guard lock(m_mutex);
        m_rates[endpoint] = static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds);
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::uint64_t> m_rates;
};

} // namespace sealwright::s3
