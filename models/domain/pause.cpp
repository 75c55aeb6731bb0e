#include "models/domain/pause.h"

#include <condition_variable>

namespace sealwright {

void Pause::turn(bool on) {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->on.load() == on)
        return;
    if (on)
        m_state->times.fetch_add(1, std::memory_order_acq_rel);
    m_state->on.store(on, std::memory_order_release);
    for (const auto& [id, wake] : m_state->wakers)
        wake();
}

Pause::Subscription Pause::onTurn(std::function<void()> wake) const {
    Subscription subscription;
    const std::lock_guard lock(m_state->mutex);
    const std::uint64_t id = ++m_state->next;
    m_state->wakers.emplace_back(id, std::move(wake));
    subscription.m_leave = [state = m_state, id] {
        const std::lock_guard leaving(state->mutex);
        std::erase_if(state->wakers, [id](const auto& one) { return one.first == id; });
    };
    return subscription;
}

Pause::Subscription::~Subscription() {
    if (m_leave)
        m_leave();
}

bool Pause::wait(const Cancel& cancel) const {
    if (!paused())
        return !cancel.cancelled();
    std::mutex mutex;
    std::condition_variable changed;
    // Taking the lock orders the wake after the waiter's look at the switches.
    const auto wake = [&] {
        { const std::lock_guard lock(mutex); }
        changed.notify_one();
    };
    const auto turned = onTurn(wake);
    const auto cancelled = cancel.onCancel(wake);
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !paused() || cancel.cancelled(); });
    }
    return !cancel.cancelled();
}

} // namespace sealwright
