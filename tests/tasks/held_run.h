#pragma once
#include "tests/tasks/job_world.h"

#include <atomic>
#include <future>
#include <thread>

// For tests of what happens while a call is under way.
namespace sealwright::tests {

/// A door that a call waits at.
class Gate {
public:
    void pass() {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [this] { return m_open; });
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_news.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_news;
    bool m_open = false;
};

/// Whether it comes true before everybody has lost patience.
template <class Condition>
bool soon(Condition condition) {
    for (int i = 0; i < 30000 && !condition(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return condition();
}

/// A run that stands still where it tells its platform the first event of `kind`, which is then answered with `answer`.
class HeldRun {
public:
    HeldRun(JobWorld& world, std::string kind, std::optional<Failure> answer = std::nullopt) {
        world.platform->instead = [this, kind = std::move(kind), answer = std::move(answer)](
                                      const FakeFeedback::Event& one, const FeedbackAccess&) -> std::optional<Failure> {
            if (one.kind != kind || m_waits.exchange(true))
                return std::nullopt;
            m_gate.pass();
            return answer;
        };
        m_run = std::async(std::launch::async, [&world] { return world.run(); });
    }
    ~HeldRun() { m_gate.open(); }
    HeldRun(const HeldRun&) = delete;
    HeldRun& operator=(const HeldRun&) = delete;

    /// Whether it has come to that point.
    bool waits() {
        return soon([this] { return m_waits.load(); });
    }
    /// Lets it go on to its end.
    Outcome<Receipt> finish() {
        m_gate.open();
        return m_run.get();
    }

private:
    Gate m_gate;
    std::atomic<bool> m_waits{false};
    std::future<Outcome<Receipt>> m_run;
};

} // namespace sealwright::tests
