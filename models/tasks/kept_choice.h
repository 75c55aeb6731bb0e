#pragma once
#include "models/tasks/services.h"

namespace sealwright {

/// The owner's choice of fields that was kept with a job; nothing where none was. ProfileFailed, also where it cannot
/// be read any more.
Outcome<std::optional<Policy>> keptChoice(const Services& services, const std::string& jobId);

} // namespace sealwright
