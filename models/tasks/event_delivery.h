#pragma once
#include "models/tasks/services.h"
#include "models/tasks/task.h"

namespace sealwright {

struct Delivery {
    std::size_t sent = 0;       ///< events that were answered for good
    std::size_t waiting = 0;    ///< jobs that still have events waiting
    std::optional<Failure> why; ///< where something could not be sent
};

/// Sends what earlier runs left in the outbox, also those of other processes that are no more; at once where there is
/// nothing. Jobs that are being run are left to their runs. Who does not answer is not asked for a second job. A `done`
/// that is refused now takes back what its run uploaded, as the run would have. ProfileFailed alone; blocks its thread.
Outcome<Delivery> deliverEvents(const Services& services, TaskContext& context);

} // namespace sealwright
