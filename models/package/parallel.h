#pragma once
#include "models/domain/cancel.h"
#include "models/domain/failure.h"

#include <functional>
#include <mutex>

// Independent pieces of work on several threads.
namespace sealwright::package {

/// Calls `work(piece, worker)` for each piece from 0 to count - 1, pieces taken in order by `threads` workers (0: as
/// many as there are cores; one runs in the calling thread). The failure of the earliest piece that failed wins; no new
/// piece is begun after one or after a cancel, which gives Cancelled. All workers are joined before it returns.
Outcome<void> inParallel(unsigned threads, std::uint64_t count, const Cancel& cancel,
                         const std::function<Outcome<void>(std::uint64_t piece, unsigned worker)>& work);
/// How many workers that would be.
unsigned workersFor(unsigned threads, std::uint64_t count);

/// Adds up what workers did and tells the caller some two hundred times in all, one call at a time.
class ProgressMeter {
public:
    using Tell = std::function<void(std::uint64_t done, std::uint64_t total)>;
    ProgressMeter(const Tell& tell, std::uint64_t total);
    void add(std::uint64_t bytes);

private:
    const Tell& m_tell;
    const std::uint64_t m_total, m_step;
    std::mutex m_mutex;
    std::uint64_t m_done = 0, m_told = 0;
};

} // namespace sealwright::package
