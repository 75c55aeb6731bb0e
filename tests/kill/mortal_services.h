#pragma once
#include "models/tasks/services.h"
#include "models/tasks/task.h"

#include <string>
#include <vector>

// The product's own services, around which a process ends by SIGKILL: at one named point of the main job, between two
// calls that leave the process or inside one. The product itself knows nothing of it.
namespace sealwright::kill {

/// In the order in which a run comes by.
const std::vector<std::string>& points();
/// Those of a run that goes straight through; they are named where they differ.
const std::vector<std::string>& straightPoints();

/// Where this process ends; set before the services are used.
void endAt(const std::string& point);
/// Ends the process where it is to end here.
void pass(const std::string& point);

/// The same services, each of whose calls passes its points.
Services mortal(const Services& services);
/// The points inside a step, as its progress shows them.
void follow(const TaskProgress& progress);

} // namespace sealwright::kill
