#pragma once
#include "models/domain/cancel.h"
#include "models/domain/failure.h"

#include <QCoreApplication>
#include <QThread>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace sealwright {

/// Calls `start` on the main thread and waits on this one until the function that `start` was given has been called,
/// with what is then returned, or until Cancel::current() turned (Cancelled): what had not been started then never is,
/// and whatever comes later is dropped.
/// InternalBug on the main thread itself. `start` must own what it uses.
template <class T>
Outcome<T> callOnMainThread(std::function<void(std::function<void(Outcome<T>)>)> start) {
    struct Wait {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<Outcome<T>> answer;
        bool cancelled = false;
    };
    QCoreApplication* const application = QCoreApplication::instance();
    if (!application || QThread::currentThread() == application->thread())
        return fail(Code::InternalBug);
    const auto wait = std::make_shared<Wait>();
    const auto subscription = Cancel::current().onCancel([wait] {
        const std::lock_guard lock(wait->mutex);
        wait->cancelled = true;
        wait->changed.notify_all();
    });
    QMetaObject::invokeMethod(
        application,
        [start = std::move(start), wait] {
            {
                const std::lock_guard lock(wait->mutex);
                if (wait->cancelled)
                    return;
            }
            start([wait](Outcome<T> answer) {
                const std::lock_guard lock(wait->mutex);
                wait->answer.emplace(std::move(answer));
                wait->changed.notify_all();
            });
        },
        Qt::QueuedConnection);
    std::unique_lock lock(wait->mutex);
    wait->changed.wait(lock, [&] { return wait->answer || wait->cancelled; });
    if (!wait->answer)
        return fail(Code::Cancelled);
    return std::move(*wait->answer);
}

} // namespace sealwright
