#pragma once
#include "app/s3/sharers.h"
#include "app/s3/upload_calls.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace sealwright::s3 {

/// Fetches a pinned object in ranges, several side by side, and writes them in order. Holds at most its share of
/// `window` ranges in memory, and at least one. A range that broke off goes on behind what it has.
class RangeFetch {
public:
    static constexpr std::uint64_t rangeLength = 4u << 20;
    static constexpr unsigned parallel = net::bodiesToAHost;
    static constexpr std::size_t window = 8; ///< of all fetches that go on side by side

    /// All are borrowed.
    RangeFetch(const Target& target, const ObjectFacts& pinned, ByteSink& sink, const TransferProgress& progress,
               const Cancel& cancel, const Sharers& sharers);
    /// StorageChanged where the object is another by now; what the sink fails with; Cancelled …
    Outcome<void> run();

private:
    void work();
    std::optional<std::size_t> next();
    Outcome<void> writeAll();
    Outcome<std::string> take(std::size_t index);
    void end(const Failure& failure);

    const Target m_target;
    const ObjectFacts& m_pinned;
    ByteSink& m_sink;
    const TransferProgress& m_progress;
    const Cancel& m_cancel; ///< the caller's
    const Share m_share;
    Cancel m_stop;             ///< the caller's, or a failure
    const std::size_t m_count; ///< of ranges

    std::mutex m_mutex; ///< guards the rest
    std::condition_variable m_wake;
    std::size_t m_next = 0, m_written = 0;
    std::map<std::size_t, std::string> m_fetched;
    std::optional<Failure> m_failure; ///< the first
};

} // namespace sealwright::s3
