#pragma once
#include "models/domain/cancel.h"
#include "models/domain/failure.h"
#include "models/domain/pause.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

// A blocking function on a thread of its own, and what a window needs to follow it.
namespace sealwright {

/// The five steps of a run, in their order; other tasks use the one that fits.
enum class Step { Read, Seal, Check, Upload, Report };

struct TaskProgress {
    Step step = Step::Read;
    std::uint64_t done = 0, total = 0; ///< bytes; total 0: not known
    std::uint64_t records = 0;
    std::uint64_t values = 0, compared = 0;
};

/// What a blocking function is given: where to say how far it is, and when to stop.
struct TaskContext {
    Cancel cancel;
    std::function<void(const TaskProgress&)> progress = [](const TaskProgress&) {};
    /// Nobody waits any more, not even for what follows a cancel: what is left to tell or to tidy is left to the next
    /// start.
    Cancel leave = {};
    /// While it is on nothing new is begun: no block is read, no part or range asked for.
    Pause pause = {};
};

/// Runs one function on its own thread. Lives on the thread that made it; all signals arrive there. Ends exactly once,
/// with ended(). Deleting it cancels, waits for the thread, and emits nothing more.
class Task : public QObject {
    Q_OBJECT
public:
    ~Task() override;
    void cancel() { m_cancel.cancel(); }
    void pause() { m_pause.pause(); }
    void goOn() { m_pause.goOn(); }
    bool running() const { return m_state == State::Running; }
    /// Set where the task failed (also Code::Cancelled); only after ended().
    const std::optional<Failure>& failure() const { return m_failure; }
    const TaskProgress& lastProgress() const { return m_shown; }

Q_SIGNALS:
    void progressed(const sealwright::TaskProgress& progress); ///< at most 20 times a second
    void ended();

protected:
    explicit Task(QObject* parent);
    /// Starts `work` on the new thread; its return is the failure, if any.
    void launch(std::function<std::optional<Failure>(TaskContext&)> work);
    /// Derived destructors call it first: their members are used by the thread. Turns cancel and leave, and waits for
    /// the thread.
    void stop();

private:
    void report(const TaskProgress& progress);
    void deliver();

    enum class State { Idle, Running, Ended };
    Cancel m_cancel, m_leave;
    Pause m_pause;
    std::thread m_thread;
    State m_state = State::Idle;
    std::optional<Failure> m_failure;
    TaskProgress m_shown;
    std::mutex m_mutex;
    TaskProgress m_latest; ///< under m_mutex
    bool m_posted = false; ///< under m_mutex
    std::int64_t m_lastPost = 0;
};

/// A task with a result. `auto* t = startTask<Receipt>(this, [=](TaskContext& c) { return runJob(…, c); });`
/// The function must own or outlive all it uses.
template <class T>
class TaskOf final : public Task {
public:
    TaskOf(QObject* parent, std::function<Outcome<T>(TaskContext&)> work) : Task(parent) {
        launch([this, work = std::move(work)](TaskContext& context) -> std::optional<Failure> {
            Outcome<T> outcome = work(context);
            if (!outcome)
                return outcome.error();
            m_result.emplace(std::move(outcome).value());
            return std::nullopt;
        });
    }
    ~TaskOf() override { stop(); }
    /// Only after ended() without failure().
    T& result() { return *m_result; }

private:
    std::optional<T> m_result;
};

template <class T>
TaskOf<T>* startTask(QObject* parent, std::function<Outcome<T>(TaskContext&)> work) {
    return new TaskOf<T>(parent, std::move(work));
}

/// For functions without a value.
struct Nothing {};

} // namespace sealwright
