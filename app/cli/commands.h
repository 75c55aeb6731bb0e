#pragma once
#include "app/cli/invocation.h"

namespace sealwright::cli {

/// Every command of this version, in the order of cli.md.
const std::vector<CommandSpec>& commands();

// One file a group.
std::vector<CommandSpec> keysCommands();
CommandSpec profileCommand();
CommandSpec encryptCommand();
CommandSpec decryptCommand();
CommandSpec verifyCommand();
std::vector<CommandSpec> packageCommands();
CommandSpec inspectCommand();
CommandSpec registerCommand();
std::vector<CommandSpec> jobsCommands();
std::vector<CommandSpec> resultsCommands();

} // namespace sealwright::cli
