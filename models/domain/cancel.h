#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace sealwright {

/// A one-way switch shared by whoever may stop a job and everyone who works for it. Copies share the switch.
/// All members are safe on any thread.
class Cancel {
public:
    Cancel() : m_state(std::make_shared<State>()) {}
    void cancel();
    bool cancelled() const { return m_state->flag.load(std::memory_order_acquire); }

    /// Calls `wake` once when cancelled (at once where it already is), on the cancelling thread, until the returned
    /// object goes; a call that runs is waited for, so what `wake` uses may go right after. `wake` itself neither
    /// leaves a Subscription nor takes a lock that is held while one goes.
    class Subscription {
    public:
        Subscription() = default;
        Subscription(Subscription&& other) noexcept;
        Subscription& operator=(Subscription&& other) noexcept;
        ~Subscription();

    private:
        friend class Cancel;
        std::function<void()> m_leave;
    };
    [[nodiscard]] Subscription onCancel(std::function<void()> wake) const;

    /// The switch of the task that this thread works for (CancelScope); where there is none, one that nobody turns. For
    /// the few calls that may wait for a person and are not handed a Cancel: secret stores and passphrases.
    static Cancel current();

private:
    struct State {
        std::atomic<bool> flag{false};
        std::mutex mutex;            ///< guards the list
        std::recursive_mutex waking; ///< held during each call
        std::vector<std::pair<std::uint64_t, std::function<void()>>> wakers;
        std::uint64_t next = 0;
    };
    std::shared_ptr<State> m_state;
};

/// Makes `cancel` this thread's current one until it goes. Scopes may be nested.
class CancelScope {
public:
    explicit CancelScope(Cancel cancel);
    ~CancelScope();
    CancelScope(const CancelScope&) = delete;
    CancelScope& operator=(const CancelScope&) = delete;

private:
    friend class Cancel;
    Cancel m_cancel;
    const CancelScope* m_outer;
};

} // namespace sealwright
