#pragma once
#include "app/cli/invocation.h"

namespace sealwright::cli {

/// `jobs work`, one of jobsCommands().
CommandSpec workCommand();

} // namespace sealwright::cli
