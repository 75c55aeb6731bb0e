#include "models/tasks/job_crew.h"

#include "models/domain/threads.h"

#include <algorithm>

namespace sealwright {

JobCrew::~JobCrew() {
    for (Running& one : m_running)
        for (std::thread& thread : one.threads)
            thread.join();
}

std::vector<std::string> JobCrew::jobs() const {
    std::vector<std::string> all;
    for (const Running& one : m_running)
        all.push_back(one.jobId);
    return all;
}

bool JobCrew::has(const std::string& jobId) const {
    return std::any_of(m_running.begin(), m_running.end(), [&](const Running& one) { return one.jobId == jobId; });
}

void JobCrew::start(const std::string& jobId, std::function<Outcome<Receipt>()> run) {
    const auto work = [this, jobId, run = std::move(run)](unsigned) {
        auto how = run();
        const std::lock_guard lock(m_mutex);
        m_ended.push_back({jobId, std::move(how)});
        m_wake.notify_one();
    };
    m_running.push_back({jobId, startThreads(1, work)});
    if (m_running.back().threads.empty())
        work(0);
}

std::vector<JobCrew::Ended> JobCrew::takeEnded() {
    std::vector<Ended> ended;
    {
        const std::lock_guard lock(m_mutex);
        ended.swap(m_ended);
    }
    for (const Ended& one : ended) {
        const auto found = std::find_if(m_running.begin(), m_running.end(),
                                        [&](const Running& running) { return running.jobId == one.jobId; });
        for (std::thread& thread : found->threads)
            thread.join();
        m_running.erase(found);
    }
    return ended;
}

bool JobCrew::awaitOne(std::optional<std::chrono::milliseconds> most) {
    std::unique_lock lock(m_mutex);
    const auto ended = [this] { return !m_ended.empty(); };
    if (most)
        return m_wake.wait_for(lock, *most, ended);
    m_wake.wait(lock, ended);
    return true;
}

} // namespace sealwright
