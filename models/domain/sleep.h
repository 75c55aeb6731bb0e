#pragma once
#include "models/domain/cancel.h"

#include <chrono>

namespace sealwright {

/// Sleeps on the calling task thread; false, at once, where cancelled.
bool sleepUnlessCancelled(std::chrono::milliseconds howLong, const Cancel& cancel);

} // namespace sealwright
