#include "app/net/backoff.h"

#include <QRandomGenerator>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sealwright::net {

std::chrono::milliseconds Backoff::delay(int failed, std::optional<std::chrono::seconds> asked) const {
    const auto doubled = first * (1LL << std::clamp(failed - 1, 0, 20));
    const auto whole = std::min<std::chrono::milliseconds>(doubled, longest);
    const auto jitter = QRandomGenerator::global()->bounded(static_cast<quint32>(whole.count() / 2 + 1));
    const auto own = whole - std::chrono::milliseconds(jitter);
    return asked ? std::max<std::chrono::milliseconds>(own, std::min(*asked, longestAsked)) : own;
}

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

} // namespace sealwright::net
