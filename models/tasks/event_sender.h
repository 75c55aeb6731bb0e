#pragma once
#include "models/tasks/broker_logins.h"

namespace sealwright {

/// What became of an event.
enum class Fate {
    Taken,   ///< by the other side
    Refused, ///< for good; forgotten here
    Waiting, ///< it stays in the outbox
};
struct Told {
    Fate fate = Fate::Waiting;
    std::optional<Failure> why; ///< but for Taken
};

/// Sends what the outbox has, job by job, in order. While it holds a job nobody else sends that job's events, in this
/// process or another. One thread at a time.
class EventSender {
public:
    /// Why the job is held: for a whole run, or only to send.
    enum class For { Run, Sending };
    EventSender(const Services& services, For what);
    ~EventSender(); ///< lets go of what it holds
    EventSender(const EventSender&) = delete;
    EventSender& operator=(const EventSender&) = delete;

    /// Takes hold of the job, or holds it for some minutes more. False: somebody else holds it.
    Outcome<bool> hold(const std::string& jobId);
    /// As hold(), and waits where somebody is just sending; JobBusy where the job is being run, or sending takes long.
    Outcome<void> holdSoon(const std::string& jobId, const Cancel& cancel);
    void letGo(const std::string& jobId);

    /// The job as it was accepted, where its record is not kept yet.
    void know(const Job& job) { m_logins.know(job); }
    /// The one claim that may be sent: its run waits for the answer. Any other is of a run that is no more, and never
    /// began.
    void claims(const std::string& eventId) { m_claim = eventId; }

    /// Told of each event that was answered for good, before the next one goes.
    using Heard = std::function<void(const WaitingEvent&, const Told&)>;
    /// Sends the job's events up to this number, until none is left; stops at the first that cannot be sent now, with
    /// why. JobBusy where the hold was lost.
    Outcome<void> send(const std::string& jobId, std::uint64_t upTo, const Heard& heard, const Cancel& cancel);

private:
    Outcome<std::optional<std::string>> tryHold(const std::string& jobId);
    bool isAlive(const std::string& holder) const;
    Outcome<void> carry(const WaitingEvent& event, const Cancel& cancel);
    Outcome<void> carryOnce(const WaitingEvent& event, const Cancel& cancel);

    const Services& m_services;
    const std::string m_holder;
    std::string m_claim;
    std::vector<std::string> m_held;
    std::optional<PlatformAccess> m_access;
    BrokerLogins m_logins;
};

} // namespace sealwright
