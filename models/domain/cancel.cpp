#include "models/domain/cancel.h"

#include <algorithm>

namespace sealwright {

namespace {
thread_local const CancelScope* innermost = nullptr;
}

Cancel Cancel::current() {
    return innermost ? innermost->m_cancel : Cancel();
}

CancelScope::CancelScope(Cancel cancel) : m_cancel(std::move(cancel)), m_outer(innermost) {
    innermost = this;
}

CancelScope::~CancelScope() {
    innermost = m_outer;
}

void Cancel::cancel() {
    std::vector<std::pair<std::uint64_t, std::function<void()>>> wakers;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->flag.exchange(true, std::memory_order_acq_rel)) {
            return;
        }
        wakers = m_state->wakers; // kept in the state, so that leaving stays harmless
    }
    for (const auto& [id, wake] : wakers) {
        // Held while waking: once a Subscription is gone its function is never called again.
        const std::lock_guard lock(m_state->waking);
        bool still = false;
        {
            const std::lock_guard inner(m_state->mutex);
            still = std::any_of(m_state->wakers.begin(), m_state->wakers.end(),
                                [wanted = id](const auto& w) { return w.first == wanted; });
        }
        if (still) {
            wake();
        }
    }
}

Cancel::Subscription Cancel::onCancel(std::function<void()> wake) const {
    Subscription subscription;
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(m_state->mutex);
        if (!cancelled()) {
            id = ++m_state->next;
            m_state->wakers.emplace_back(id, wake);
        }
    }
    if (id == 0) {
        wake();
        return subscription;
    }
    subscription.m_leave = [state = m_state, id] {
        const std::lock_guard waking(state->waking);
        const std::lock_guard lock(state->mutex);
        std::erase_if(state->wakers, [id](const auto& w) { return w.first == id; });
    };
    return subscription;
}

Cancel::Subscription::Subscription(Subscription&& other) noexcept : m_leave(std::exchange(other.m_leave, nullptr)) {}

Cancel::Subscription& Cancel::Subscription::operator=(Subscription&& other) noexcept {
    if (this != &other) {
        if (m_leave) {
            m_leave();
        }
        m_leave = std::exchange(other.m_leave, nullptr);
    }
    return *this;
}

Cancel::Subscription::~Subscription() {
    if (m_leave) {
        m_leave();
    }
}

} // namespace sealwright
