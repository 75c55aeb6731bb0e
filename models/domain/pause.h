#pragma once
#include "models/domain/cancel.h"

namespace sealwright {

/// A switch, shared by whoever may hold a job up and everyone who works for it: on, nothing new is begun; off, it goes
/// on. Copies share the switch; one that nobody turns is off. All members are safe on any thread.
class Pause {
public:
    Pause() : m_state(std::make_shared<State>()) {}
    void pause() { turn(true); }
    void goOn() { turn(false); }
    bool paused() const { return m_state->on.load(std::memory_order_acquire); }
    /// How often it was turned on: other than before, what failed meanwhile may have failed for that.
    std::uint64_t times() const { return m_state->times.load(std::memory_order_acquire); }
    /// Sleeps while it is on; false, at once, where cancelled.
    bool wait(const Cancel& cancel) const;

    /// Calls `wake` each time it is turned, on the thread that turns it, until the returned object goes; a call that
    /// runs is waited for. `wake` itself neither leaves a Subscription nor takes a lock that is held while one goes.
    class Subscription {
    public:
        Subscription() = default;
        Subscription(Subscription&& other) noexcept : m_leave(std::exchange(other.m_leave, nullptr)) {}
        Subscription& operator=(Subscription&&) = delete;
        ~Subscription();

    private:
        friend class Pause;
        std::function<void()> m_leave;
    };
    [[nodiscard]] Subscription onTurn(std::function<void()> wake) const;

private:
    void turn(bool on);

    struct State {
        std::atomic<bool> on{false};
        std::atomic<std::uint64_t> times{0};
        std::recursive_mutex mutex; ///< guards the list, and is held during each call
        std::vector<std::pair<std::uint64_t, std::function<void()>>> wakers;
        std::uint64_t next = 0;
    };
    std::shared_ptr<State> m_state;
};

} // namespace sealwright
