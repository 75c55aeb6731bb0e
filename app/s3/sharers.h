#pragma once
#include <algorithm>
#include <atomic>
#include <memory>

namespace sealwright::s3 {

/// How many of a kind are at work side by side, so that all of them together hold no more in memory than one alone.
using Sharers = std::shared_ptr<std::atomic<std::size_t>>;

/// One more of them, for as long as it lives.
class Share {
public:
    explicit Share(Sharers sharers) : m_sharers(std::move(sharers)) { ++*m_sharers; }
    ~Share() { --*m_sharers; }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    /// Its part of `whole`, as many as there are now; never less than `least`.
    template <class Number>
    Number of(Number whole, Number least) const {
        return std::max<Number>(least, whole / static_cast<Number>(m_sharers->load()));
    }

private:
    const Sharers m_sharers;
};

} // namespace sealwright::s3
