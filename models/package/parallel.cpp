#include "models/package/parallel.h"

#include "models/domain/threads.h"

#include <algorithm>
#include <atomic>
#include <optional>

namespace sealwright::package {

unsigned workersFor(unsigned threads, std::uint64_t count) {
    const unsigned wanted = threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::clamp<std::uint64_t>(count, 1, wanted));
}

Outcome<void> inParallel(unsigned threads, std::uint64_t count, const Cancel& cancel,
                         const std::function<Outcome<void>(std::uint64_t piece, unsigned worker)>& work) {
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::optional<std::pair<std::uint64_t, Failure>> first;
    const auto run = [&](unsigned worker) {
        while (!stop.load(std::memory_order_relaxed) && !cancel.cancelled()) {
            const std::uint64_t piece = next.fetch_add(1, std::memory_order_relaxed);
            if (piece >= count) {
                return;
            }
            if (const Outcome<void> done = work(piece, worker); !done) {
                const std::lock_guard lock(mutex);
                if (!first || piece < first->first) {
                    first = {piece, done.error()};
                }
                stop = true;
            }
        }
    };
    std::vector<std::thread> others =
        startThreads(workersFor(threads, count) - 1, [&run](unsigned other) { run(other + 1); });
    run(0);
    for (std::thread& other : others) {
        other.join();
    }
    if (first) {
        return fail(std::move(first->second));
    }
    if (cancel.cancelled()) {
        return fail(Code::Cancelled);
    }
    return {};
}

ProgressMeter::ProgressMeter(const Tell& tell, std::uint64_t total)
    : m_tell(tell), m_total(total), m_step(std::max<std::uint64_t>(1, total / 200)) {}

void ProgressMeter::add(std::uint64_t bytes) {
    if (!m_tell) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_done += bytes;
    if (m_done - m_told >= m_step || m_done == m_total) {
        m_told = m_done;
        m_tell(m_done, m_total);
    }
}

} // namespace sealwright::package
