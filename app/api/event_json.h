#pragma once
#include "models/ports/job_api.h"

namespace sealwright {

/// "claimed" …
std::string_view toText(JobEvent::Kind kind);

/// The body of an event, as the contract's schema `Event` has it: the same over REST and to a broker.
crypto::Json toJson(const JobEvent& event);

} // namespace sealwright
