#pragma once
#include "models/domain/cancel.h"
#include "models/domain/job.h"
#include "models/ports/job_api.h"
#include "models/ports/job_event.h"

namespace sealwright {

/// What a job's `secrets` have for its broker.
struct BrokerLogin {
    std::string user;
    crypto::SecretBytes password;
};

/// What one event needs on its way. All are borrowed.
struct FeedbackAccess {
    const FeedbackAddress& address;
    const PlatformAccess&
        platform;             ///< to the platform: where and with which token; to both: whom to trust, which hosts
    const BrokerLogin* login; ///< to a broker
};

/// Carries events of jobs to who waits for them. Blocks the calling task thread until the other side has answered for
/// good, said that it cannot now, or the call was cancelled (at once); never called on the GUI thread. Safe on several
/// threads at once. The receiver knows an event by its id: one that comes again changes nothing.
class Feedback {
public:
    virtual ~Feedback() = default;
    /// Good: taken, and safe on the other side's disk. A failure that isRefusal() is a no for good; all others say
    /// "not now": it may be, or may not be, that the event arrived.
    virtual Outcome<void> send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) = 0;
};

/// The platform has answered, and will never take this event.
bool isRefusal(Code code);

} // namespace sealwright
