#pragma once
#include "models/tasks/job_run.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace sealwright {

/// Jobs that run side by side, each on a thread of its own. All members are for one thread, the worker's.
class JobCrew {
public:
    struct Ended {
        std::string jobId;
        Outcome<Receipt> how;
    };

    explicit JobCrew(unsigned most) : m_most(most) {}
    ~JobCrew(); ///< waits for those that run
    JobCrew(const JobCrew&) = delete;
    JobCrew& operator=(const JobCrew&) = delete;

    bool full() const { return m_running.size() >= m_most; }
    bool empty() const { return m_running.empty(); }
    std::vector<std::string> jobs() const; ///< that run, longest first
    bool has(const std::string& jobId) const;

    /// Not while full(). `run` is called on the job's thread, or here where the system gives no more threads.
    void start(const std::string& jobId, std::function<Outcome<Receipt>()> run);
    /// Those that have ended since the last call.
    std::vector<Ended> takeEnded();
    /// Sleeps until one has ended, at most so long; says whether one has. Not while empty().
    bool awaitOne(std::optional<std::chrono::milliseconds> most = {});

private:
    struct Running {
        std::string jobId;
        std::vector<std::thread> threads; ///< one, or none
    };
    const unsigned m_most;
    std::vector<Running> m_running;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Ended> m_ended; ///< under m_mutex
};

} // namespace sealwright
