#include "models/domain/sleep.h"

#include <condition_variable>
#include <mutex>

namespace sealwright {

bool sleepUnlessCancelled(std::chrono::milliseconds howLong, const Cancel& cancel) {
    std::mutex mutex;
    std::condition_variable wake;
    bool cancelled = false;
    const auto subscription = cancel.onCancel([&] {
        const std::lock_guard lock(mutex);
        cancelled = true;
        wake.notify_one();
    });
    std::unique_lock lock(mutex);
    const bool ended = wake.wait_for(lock, howLong, [&] { return cancelled; });
    lock.unlock(); // before the subscription leaves
    return !ended;
}

} // namespace sealwright
