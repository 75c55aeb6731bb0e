#pragma once
#include <QEventLoop>

#include <future>

namespace sealwright::tests {

/// Carries `work` out as a task would: on a thread of its own, while this one has the event loop.
template <class F>
auto aside(F work) {
    QEventLoop loop;
    auto result = std::async(std::launch::async, [&] {
        auto value = work();
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        return value;
    });
    loop.exec();
    return result.get();
}

} // namespace sealwright::tests
