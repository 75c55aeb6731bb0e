#pragma once
#include "app/cli/invocation.h"

namespace sealwright::cli {

/// The services, for a command that talks to the platform: what earlier runs could not tell it is told first.
Outcome<Services*> platformServices(Invocation& call);

/// Tells what still waits, for jobs that ended before; says so where the platform cannot be told now.
void tellWhatWaits(Invocation& call, const Services& services);

} // namespace sealwright::cli
