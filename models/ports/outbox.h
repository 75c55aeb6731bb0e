#pragma once
#include "models/domain/job.h"
#include "models/ports/job_event.h"

#include <functional>

namespace sealwright {

struct JobRecord;
struct Receipt;

/// An event that waits to be sent.
struct WaitingEvent {
    EventMessage message; ///< the exact bytes of every try
    std::uint64_t sequence = 0;
    JobEvent::Kind kind = JobEvent::Kind::Running;
    FeedbackAddress address;
};

/// Events on their way to the platform, in the program's ledger: each is kept here before it is sent, and until the
/// other side has answered for good. Never a secret. Safe on any thread and for several processes at once; all failures
/// are ProfileFailed.
class Outbox {
public:
    virtual ~Outbox() = default;

    /// What is remembered together with an event: all of it or nothing.
    struct With {
        const JobRecord* job = nullptr;
        const Receipt* receipt = nullptr;
        enum class Upload { Stays, Ends, IsGivenUp } upload = Upload::Stays; ///< of the event's job
    };
    /// Gives the event the next number of its job (its own is not looked at) and keeps it. Progress of this job that
    /// still waits is forgotten: it is old news. Where it fails, the event may have been kept nevertheless.
    virtual Outcome<std::uint64_t> add(const JobEvent& event, const FeedbackAddress& address, const With& with) = 0;

    /// Jobs that have events waiting, who waits longest first.
    virtual Outcome<std::vector<std::string>> waitingJobs() = 0;
    /// The first of the job's by number, or nothing.
    virtual Outcome<std::optional<WaitingEvent>> next(const std::string& jobId) = 0;
    /// The other side has it: forgets it.
    virtual Outcome<void> taken(const std::string& eventId) = 0;
    /// It will never be taken, or must not be sent: forgets it. With a `done` event goes its receipt, its job is failed
    /// with this code, and what lies in the store becomes an upload that was given up. All of it or nothing; no failure
    /// where there is no such event.
    virtual Outcome<void> drop(const std::string& eventId, Code why) = 0;

    /// Who sends a job's events holds the job, for two must never send at once.
    struct Hold {
        std::string jobId, holder;
        Instant from = 0, until = 0;
    };
    /// Takes hold of a job, or holds it longer. Nothing: it is held. Else who holds it: somebody whose hold has not run
    /// out, and who is alive as far as `alive` can tell. A hold that ends further away than this one would is no hold:
    /// the clock was moved.
    virtual Outcome<std::optional<std::string>> hold(const Hold& hold,
                                                     const std::function<bool(const std::string& holder)>& alive) = 0;
    virtual Outcome<void> letGo(const std::string& jobId, const std::string& holder) = 0;
};

} // namespace sealwright
