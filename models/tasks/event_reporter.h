#pragma once
#include "models/tasks/event_sender.h"
#include "models/tasks/task.h"

#include <condition_variable>
#include <thread>

namespace sealwright {

/// Tells how one run of a job goes. Each event is kept in the outbox and sent by a thread of the reporter's own, in
/// order: who calls waits for the profile's file alone, and for the other side only by answerTo(). What was not sent
/// when the reporter goes stays in the outbox. Any thread.
class EventReporter {
public:
    EventReporter(const Services& services, const Job& job);
    ~EventReporter(); ///< leaves what is being sent, and lets go of the job
    EventReporter(const EventReporter&) = delete;
    EventReporter& operator=(const EventReporter&) = delete;

    /// Before anything else: holds the job for this run. JobBusy, Cancelled, ProfileFailed.
    Outcome<void> open(const Cancel& cancel);

    using Fill = std::function<void(JobEvent&)>;
    /// Keeps an event, with what is remembered along, and has it sent soon; its id. `fill` sets what the kind needs. A
    /// claim is to be waited for. Where it fails, the event is not sent; it may have been kept: see takeBack().
    Outcome<std::string> add(JobEvent::Kind kind, const Fill& fill, const Outbox::With& with = {});
    /// Waits until the event was answered for good, could not be sent, `atMost` has passed, or the owner cancels; the
    /// last three are Fate::Waiting.
    Told answerTo(const std::string& eventId, const Cancel& cancel,
                  std::optional<std::chrono::milliseconds> atMost = std::nullopt);
    /// Of the last add(), where that failed or its event must not be sent any more: afterwards it is not there.
    /// ProfileFailed: nobody knows.
    Outcome<void> takeBack();

    void running(Step step);
    void progress(const TaskProgress& progress); ///< the newest is sent every few seconds

private:
    void loop();
    void keepProgress(std::unique_lock<std::mutex>& lock);
    void sendWaiting(std::unique_lock<std::mutex>& lock);
    Outcome<void> keep(const JobEvent& event, const Outbox::With& with, bool urgent); ///< under m_adding
    JobEvent fresh(JobEvent::Kind kind) const;

    const Services& m_services;
    const std::string m_jobId, m_machineId;
    const FeedbackAddress m_address;
    const std::string m_claimId; ///< of this run's claim
    EventSender m_sender;        ///< the thread's, once that runs

    std::mutex m_adding;  ///< one event at a time; guards the next two
    std::string m_lastId; ///< of the last add()
    bool m_over = false;  ///< how it ended is said: no news follows

    std::mutex m_mutex; ///< guards the rest
    std::condition_variable m_wake, m_news;
    bool m_stop = false, m_due = false;
    std::uint64_t m_known = 0;            ///< the highest number that was given
    int m_failedInARow = 0;               ///< times that something could not be sent
    std::uint64_t m_failed = 0;           ///< the same, ever
    std::uint64_t m_failedBefore = 0;     ///< as it was at the last add()
    std::optional<Failure> m_why;         ///< of the last time
    std::map<std::string, Told> m_told;   ///< by event id
    std::optional<TaskProgress> m_latest; ///< not kept yet
    std::chrono::steady_clock::time_point m_againAt;
    Cancel m_cancel;
    std::thread m_thread;
};

std::string_view toText(Step step); ///< "read", "seal", "check", "upload", "report"

} // namespace sealwright
