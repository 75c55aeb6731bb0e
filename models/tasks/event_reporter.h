#pragma once
#include "models/ports/job_api.h"
#include "models/tasks/services.h"
#include "models/tasks/task.h"

#include <condition_variable>
#include <thread>

namespace sealwright {

/// Tells the platform how a job goes. What decides (claimed, done, failed …) is sent at once by the caller's thread;
/// progress goes out on a thread of its own every few seconds, and a platform that does not answer never slows a run.
/// Events of one job leave in the order of their numbers.
class EventReporter {
public:
    EventReporter(const Services& services, const PlatformAccess& access, std::string jobId, std::string machineId);
    ~EventReporter(); ///< ends the thread; unsent progress is dropped
    EventReporter(const EventReporter&) = delete;
    EventReporter& operator=(const EventReporter&) = delete;

    /// `fill` sets what the kind needs.
    Outcome<void> send(JobEvent::Kind kind, const std::function<void(JobEvent&)>& fill, const Cancel& cancel);
    void progress(const TaskProgress& progress); ///< any thread, never waits for the network

private:
    void loop();

    const Services& m_services;
    const PlatformAccess& m_access;
    const std::string m_jobId, m_machineId;
    std::mutex m_sending; ///< one event at a time, numbered under it
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<TaskProgress> m_latest;
    bool m_stop = false;
    Cancel m_cancel;
    std::thread m_thread;
};

std::string_view toText(Step step); ///< "read", "seal", "check", "upload", "report"

} // namespace sealwright
