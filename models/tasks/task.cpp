#include "models/tasks/task.h"

#include <QPointer>

#include <chrono>

namespace sealwright {

namespace {

constexpr std::int64_t millisecondsBetweenReports = 50;

std::int64_t steadyMilliseconds() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Task::Task(QObject* parent) : QObject(parent) {}

Task::~Task() {
    stop();
}

void Task::launch(std::function<std::optional<Failure>(TaskContext&)> work) {
    m_state = State::Running;
    m_thread = std::thread([this, work = std::move(work)] {
        TaskContext context;
        context.cancel = m_cancel;
        context.leave = m_leave;
        context.pause = m_pause;
        const CancelScope scope(m_cancel);
        context.progress = [this](const TaskProgress& progress) { report(progress); };
        std::optional<Failure> failure = work(context);
        QMetaObject::invokeMethod(
            this,
            [this, alive = QPointer<Task>(this), failure = std::move(failure)] {
                deliver();
                if (!alive) // whoever heard of the progress deleted it
                    return;
                m_failure = failure;
                m_state = State::Ended;
                Q_EMIT ended();
            },
            Qt::QueuedConnection);
    });
}

void Task::stop() {
    m_leave.cancel(); // before a cancel that something could still wait behind
    m_cancel.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void Task::report(const TaskProgress& progress) {
    const std::lock_guard lock(m_mutex);
    const bool newStep = progress.step != m_latest.step;
    m_latest = progress;
    const std::int64_t now = steadyMilliseconds();
    if (m_posted || (!newStep && now - m_lastPost < millisecondsBetweenReports))
        return;
    m_posted = true;
    m_lastPost = now;
    QMetaObject::invokeMethod(
        this, [this] { deliver(); }, Qt::QueuedConnection);
}

void Task::deliver() {
    {
        const std::lock_guard lock(m_mutex);
        m_shown = m_latest;
        m_posted = false;
    }
    Q_EMIT progressed(m_shown);
}

} // namespace sealwright
