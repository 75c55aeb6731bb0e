#include "models/tasks/event_reporter.h"

#include "models/tasks/job_gate.h"

#include <chrono>

namespace sealwright {

namespace {
constexpr std::chrono::seconds betweenProgress{5};
}

std::string_view toText(Step step) {
    switch (step) {
    case Step::Read:
        return "read";
    case Step::Seal:
        return "seal";
    case Step::Check:
        return "check";
    case Step::Upload:
        return "upload";
    case Step::Report:
        return "report";
    }
    return {};
}

EventReporter::EventReporter(const Services& services, const PlatformAccess& access, std::string jobId,
                             std::string machineId)
    : m_services(services),
      m_access(access),
      m_jobId(std::move(jobId)),
      m_machineId(std::move(machineId)),
      m_thread([this] { loop(); }) {}

EventReporter::~EventReporter() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_cancel.cancel();
    m_wake.notify_all();
    m_thread.join();
}

Outcome<void> EventReporter::send(JobEvent::Kind kind, const std::function<void(JobEvent&)>& fill,
                                  const Cancel& cancel) {
    const std::lock_guard lock(m_sending);
    auto event = nextEvent(m_services, kind, m_jobId, m_machineId);
    if (!event)
        return event.failed();
    fill(*event);
    return m_services.api->send(m_access, *event, cancel);
}

void EventReporter::progress(const TaskProgress& progress) {
    const std::lock_guard lock(m_mutex);
    m_latest = progress;
}

void EventReporter::loop() {
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_wake.wait_for(lock, betweenProgress, [this] { return m_stop; });
        if (m_stop || !m_latest)
            continue;
        const TaskProgress latest = *m_latest;
        m_latest.reset();
        lock.unlock();
        // Progress is a courtesy: what cannot be told now is told by the next one.
        (void)send(
            JobEvent::Kind::Progress,
            [&](JobEvent& event) {
                event.step = toText(latest.step);
                event.done = latest.done;
                event.total = latest.total;
            },
            m_cancel);
        lock.lock();
    }
}

} // namespace sealwright
