#pragma once
#include "app/net/token_bucket.h"
#include "models/domain/pause.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <list>

namespace sealwright::net {

/// One limit for all data that the process moves. Connections that want more than there is wait in one line and get a
/// turn each, so that none is starved; who waits is woken, nobody asks again and again. Lives on the network thread;
/// where it says so, a member is safe on any.
class RateLimit : public QObject {
    Q_OBJECT

public:
    using Now = std::function<TokenBucket::Clock::time_point()>;
    explicit RateLimit(QObject* parent = nullptr, Now now = TokenBucket::Clock::now);

    /// One connection's data in one direction.
    class Flow {
    public:
        /// Nothing goes while `pause` is on. `wake` is called on the network thread when it is worth asking again; the
        /// Flow outlives its calls.
        Flow(RateLimit& limit, Pause pause, std::function<void()> wake)
            : m_limit(limit), m_pause(std::move(pause)), m_wake(std::move(wake)) {}
        ~Flow();
        Flow(const Flow&) = delete;
        Flow& operator=(const Flow&) = delete;

        /// How many of `wanted` bytes may go now; they are taken. 0: wait for `wake`.
        std::uint64_t take(std::uint64_t wanted);
        /// What take() gave and could not be moved.
        void giveBack(std::uint64_t bytes);
        /// Bytes that were moved without asking, because they could not wait.
        void owe(std::uint64_t bytes);
        /// To be told after the pause was turned off.
        void goOn();
        /// Is it the limit that is waited for? Not the pause.
        bool waiting() const { return m_waiting; }

    private:
        friend class RateLimit;
        RateLimit& m_limit;
        const Pause m_pause;
        const std::function<void()> m_wake;
        std::uint64_t m_mine = 0; ///< its turn, not taken yet
        bool m_waiting = false, m_paused = false;
    };

    /// Bytes a second from now on, also for who waits already; 0: no limit.
    void setRate(std::uint64_t bytesPerSecond);
    std::uint64_t rate() const { return m_rate.load(std::memory_order_relaxed); } ///< on any thread
    /// Bytes that went under a limit, whichever, so far. On any thread.
    std::uint64_t given() const { return m_given.load(std::memory_order_relaxed); }
    /// Gives turns to who waits, as far as there is something. Called by a timer.
    void serve();

private:
    void waitFor(Flow& flow);
    void arm();
    bool enough() { return m_bucket.there(m_now()) >= m_bucket.turn(); }

    const Now m_now;
    TokenBucket m_bucket;
    std::atomic<std::uint64_t> m_rate{0}, m_given{0};
    std::list<Flow*> m_line; ///< who waits, longest first
    QTimer m_timer;
};

} // namespace sealwright::net
