#pragma once
#include "app/cli/invocation.h"
#include "models/tasks/room.h"

// --straight-through: what `jobs run` and `jobs work` say of it.
namespace sealwright::cli {

inline constexpr const char* straightThroughOption = "straight-through";
OptionSpec straightThroughOptionSpec();
/// The disk has no room for the sealed data of a job, so that it goes straight through without having been told to.
/// `job`: its id, where more than one may run.
void warnOfRoom(Output& out, const Room& room, const std::string& job = {});

} // namespace sealwright::cli
