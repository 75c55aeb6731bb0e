#include "app/s3/range_fetch.h"

#include "app/net/backoff.h"
#include "models/domain/sleep.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace sealwright::s3 {

namespace {
constexpr int tries = 6; ///< in a row without a byte of progress
}

RangeFetch::RangeFetch(const Target& target, const ObjectFacts& pinned, ByteSink& sink,
                       const TransferProgress& progress, const Cancel& cancel, const std::atomic<std::size_t>& fetches)
    : m_target(target),
      m_pinned(pinned),
      m_sink(sink),
      m_progress(progress),
      m_cancel(cancel),
      m_fetches(fetches),
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
    const auto share = [this] { return std::max<std::size_t>(1, window / m_fetches.load()); };
    m_wake.wait(lock, [&] { return m_failure || m_next == m_count || m_next < m_written + share(); });
    if (m_failure || m_next == m_count)
        return std::nullopt;
    return m_next++;
}

void RangeFetch::work() {
    while (const auto index = next()) {
        auto bytes = fetchRange(*index);
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

Outcome<std::string> RangeFetch::fetchRange(std::size_t index) const {
    const std::uint64_t begin = index * rangeLength, end = std::min(begin + rangeLength, m_pinned.size);
    std::string bytes;
    bytes.reserve(end - begin);
    for (int attempt = 1;; ++attempt) {
        const std::size_t before = bytes.size();
        const std::string from = std::to_string(begin + before);
        Call call;
        call.object = m_target.object;
        call.headers = {{"if-match", m_pinned.etag}, {"range", "bytes=" + from + "-" + std::to_string(end - 1)}};
        call.maxAnswer = end - begin - before;
        call.retry = false; // what has come stays; the next try goes on behind it
        call.onBody = [&](std::string_view piece) -> Outcome<void> {
            bytes.append(piece);
            return {};
        };
        const std::uint64_t pauses = m_target.access.pause.times();
        const auto answer = perform(m_target.network, m_target.access, call, m_stop);
        // Without 206 the server sent the object from its beginning.
        const bool whole = begin + before == 0 && end == m_pinned.size;
        if (answer &&
            (answer->status == 206 ? !answer->header("Content-Range").startsWith(("bytes " + from + "-").c_str())
                                   : !whole))
            return fail(Failure(Code::StorageFailed, {"Range"}));
        if (answer && bytes.size() == end - begin)
            return bytes;
        if (m_stop.cancelled())
            return fail(Code::Cancelled);
        if (!answer && !isPassing(answer.error().code) && answer.error().code != Code::StorageFailed)
            return answer.failed();
        if (bytes.size() > before || m_target.access.pause.paused() || m_target.access.pause.times() != pauses)
            attempt = 0;
        if (attempt >= tries)
            return answer ? fail(Failure(Code::StorageFailed, {"Content-Length"})) : answer.failed();
        (void)sleepUnlessCancelled(net::Backoff().delay(std::max(attempt, 1), std::nullopt), m_stop);
    }
}

} // namespace sealwright::s3
