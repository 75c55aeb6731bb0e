#include "models/tasks/event_reporter.h"

#include "models/tasks/dataset_files.h"

#include <algorithm>

namespace sealwright {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds tick{1}, betweenProgress{5}, betweenHolds{60}, longestPause{60};
constexpr std::chrono::milliseconds firstPause{500};

std::chrono::milliseconds pauseAfter(int failedInARow) {
    return std::min<std::chrono::milliseconds>(firstPause * (1 << std::min(failedInARow - 1, 10)), longestPause);
}

} // namespace

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

EventReporter::EventReporter(const Services& services, const Job& job)
    : m_services(services),
      m_jobId(job.jobId),
      m_machineId(job.machineId),
      m_address(job.feedback),
      m_claimId(freshUuid()),
      m_sender(services, EventSender::For::Run) {
    m_sender.know(job);
    m_sender.claims(m_claimId);
}

EventReporter::~EventReporter() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_cancel.cancel();
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

Outcome<void> EventReporter::open(const Cancel& cancel) {
    if (auto held = m_sender.holdSoon(m_jobId, cancel); !held)
        return held;
    m_thread = std::thread([this] { loop(); });
    return {};
}

JobEvent EventReporter::fresh(JobEvent::Kind kind) const {
    JobEvent event;
    event.kind = kind;
    event.eventId = kind == JobEvent::Kind::Claimed ? m_claimId : freshUuid();
    event.jobId = m_jobId;
    event.machineId = m_machineId;
    event.at = now();
    return event;
}

Outcome<void> EventReporter::keep(const JobEvent& event, const Outbox::With& with, bool urgent) {
    const auto number = m_services.ledger->outbox().add(event, m_address, with);
    if (!number)
        return number.failed();
    const std::lock_guard lock(m_mutex);
    m_known = *number;
    m_due = m_due || urgent || m_failedInARow == 0;
    m_wake.notify_all();
    return {};
}

Outcome<std::string> EventReporter::add(JobEvent::Kind kind, const Fill& fill, const Outbox::With& with) {
    JobEvent event = fresh(kind);
    fill(event);
    const std::lock_guard adding(m_adding);
    m_lastId = event.eventId;
    m_over = kind != JobEvent::Kind::Claimed;
    {
        const std::lock_guard lock(m_mutex);
        m_failedBefore = m_failed;
    }
    if (auto kept = keep(event, with, true); !kept)
        return kept.failed();
    return event.eventId;
}

void EventReporter::running(Step step) {
    JobEvent event = fresh(JobEvent::Kind::Running);
    event.step = toText(step);
    const std::lock_guard adding(m_adding);
    (void)keep(event, {}, false); // a courtesy
}

void EventReporter::progress(const TaskProgress& progress) {
    const std::lock_guard lock(m_mutex);
    m_latest = progress;
}

Outcome<void> EventReporter::takeBack() {
    const std::lock_guard adding(m_adding);
    return m_services.ledger->outbox().drop(m_lastId, Code::Cancelled);
}

Told EventReporter::answerTo(const std::string& eventId, const Cancel& cancel,
                             std::optional<std::chrono::milliseconds> atMost) {
    const auto until = Clock::now() + atMost.value_or(std::chrono::hours(24));
    const auto subscription = cancel.onCancel([this] {
        const std::lock_guard lock(m_mutex);
        m_news.notify_all();
    });
    std::unique_lock lock(m_mutex);
    m_news.wait_until(lock, until,
                      [&] { return m_told.count(eventId) > 0 || m_failed != m_failedBefore || cancel.cancelled(); });
    if (const auto told = m_told.find(eventId); told != m_told.end())
        return told->second;
    if (cancel.cancelled())
        return {Fate::Waiting, Failure(Code::Cancelled)};
    return {Fate::Waiting, m_why.value_or(Failure(Code::NetworkTimeout))};
}

void EventReporter::loop() {
    auto progressAt = Clock::now() + betweenProgress, holdAt = Clock::now() + betweenHolds;
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_wake.wait_for(lock, tick, [this] { return m_stop || m_due; });
        if (m_stop)
            break;
        if (m_latest && Clock::now() >= progressAt) {
            keepProgress(lock);
            progressAt = Clock::now() + betweenProgress;
        }
        if (m_due || (m_failedInARow > 0 && Clock::now() >= m_againAt))
            sendWaiting(lock);
        if (Clock::now() >= holdAt) {
            lock.unlock();
            (void)m_sender.hold(m_jobId);
            holdAt = Clock::now() + betweenHolds;
            lock.lock();
        }
    }
}

void EventReporter::keepProgress(std::unique_lock<std::mutex>& lock) {
    JobEvent event = fresh(JobEvent::Kind::Progress);
    event.step = toText(m_latest->step);
    event.done = m_latest->done;
    event.total = m_latest->total;
    m_latest.reset();
    lock.unlock();
    {
        const std::lock_guard adding(m_adding);
        if (!m_over)
            (void)keep(event, {}, false); // a courtesy: what cannot be told now is told by the next one
    }
    lock.lock();
}

void EventReporter::sendWaiting(std::unique_lock<std::mutex>& lock) {
    m_due = false;
    const std::uint64_t upTo = m_known;
    lock.unlock();
    const auto sent = m_sender.send(
        m_jobId, upTo,
        [this](const WaitingEvent& event, const Told& told) {
            const std::lock_guard inner(m_mutex);
            m_told[event.message.eventId] = told;
            m_news.notify_all();
        },
        m_cancel);
    lock.lock();
    if (sent) {
        m_failedInARow = 0;
        return;
    }
    ++m_failed;
    ++m_failedInARow;
    m_why = sent.error();
    m_againAt = Clock::now() + pauseAfter(m_failedInARow);
    m_news.notify_all();
}

} // namespace sealwright
