#include "app/s3/range_fetch.h"

#include "app/s3/range.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace sealwright::s3 {

RangeFetch::RangeFetch(const Target& target, const ObjectFacts& pinned, ByteSink& sink,
                       const TransferProgress& progress, const Cancel& cancel, const Sharers& sharers)
    : m_target(target),
      m_pinned(pinned),
      m_sink(sink),
      m_progress(progress),
      m_cancel(cancel),
      m_share(sharers),
      m_count(static_cast<std::size_t>((pinned.size + rangeLength - 1) / rangeLength)) {}

Outcome<void> RangeFetch::run() {
    const auto subscription = m_cancel.onCancel([this] {
        m_stop.cancel();
        end(Code::Cancelled);
    });
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < std::min<std::size_t>(parallel, m_count); ++i)
        workers.emplace_back([this] { work(); });
    auto written = writeAll();
    if (!written)
        end(written.error());
    for (std::thread& worker : workers)
        worker.join();
    return written;
}

void RangeFetch::end(const Failure& failure) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = failure;
    }
    m_stop.cancel();
    m_wake.notify_all();
}

/// Waits while as much is held as may be; nothing where there is no more to do.
std::optional<std::size_t> RangeFetch::next() {
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [&] {
        return m_failure || m_next == m_count || m_next < m_written + m_share.of(window, std::size_t{1});
    });
    if (m_failure || m_next == m_count)
        return std::nullopt;
    return m_next++;
}

void RangeFetch::work() {
    while (const auto index = next()) {
        const std::uint64_t begin = *index * rangeLength;
        auto bytes = fetchRange(m_target, m_pinned, begin, std::min(begin + rangeLength, m_pinned.size), m_stop);
        if (!bytes)
            return end(bytes.error());
        {
            const std::lock_guard lock(m_mutex);
            m_fetched.emplace(*index, std::move(*bytes));
        }
        m_wake.notify_all();
    }
}

Outcome<std::string> RangeFetch::take(std::size_t index) {
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [&] { return m_failure || m_fetched.count(index) > 0; });
    if (m_failure)
        return fail(*m_failure);
    std::string bytes = std::move(m_fetched[index]);
    m_fetched.erase(index);
    return bytes;
}

Outcome<void> RangeFetch::writeAll() {
    std::uint64_t done = 0;
    for (std::size_t index = 0; index < m_count; ++index) {
        const auto bytes = take(index);
        if (!bytes)
            return bytes.failed();
        if (auto written = m_sink.write(*bytes); !written)
            return written;
        {
            const std::lock_guard lock(m_mutex);
            ++m_written;
        }
        m_wake.notify_all();
        done += bytes->size();
        m_progress(done, m_pinned.size);
    }
    return {};
}

} // namespace sealwright::s3
