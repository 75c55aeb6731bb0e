#pragma once
#include "crypto/base/control_json.h"
#include "models/domain/time.h"

#include <optional>

namespace sealwright {

/// One event of a job (FORMAT.md, head): numbered from 1 a job, with its own UUID, which is also the Idempotency-Key.
struct JobEvent {
    enum class Kind { Claimed, Declined, Returned, Running, Progress, Done, Failed } kind = Kind::Running;
    std::string eventId, jobId, machineId;
    std::uint64_t sequence = 1;
    Instant at = 0;
    std::string step;                  ///< running, progress: "read", "seal", "check", "upload"
    std::uint64_t done = 0, total = 0; ///< progress, bytes
    std::string reason;                ///< declined: the owner's words; failed: the stable code
    crypto::Json details;              ///< failed: where and facts, never a value
    std::string manifest, signature;   ///< done: the documents' exact text
    crypto::Json metadata;             ///< done
};

/// "claimed" …
std::string_view toText(JobEvent::Kind kind);
std::optional<JobEvent::Kind> eventKindFromText(std::string_view text);

/// The body of an event, as the contract's schema `Event` has it: the same over REST and to a broker.
crypto::Json toJson(const JobEvent& event);

/// An event as it leaves: the same bytes on every try, whichever way it goes.
struct EventMessage {
    std::string eventId, jobId;
    std::string body; ///< JSON
};
EventMessage messageOf(const JobEvent& event);

} // namespace sealwright
