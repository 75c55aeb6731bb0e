#pragma once
#include "app/window/desk.h"

#include <QPointer>
#include <QTimer>

#include <chrono>

namespace sealwright::window {

/// Tells the platform, aside, what earlier runs could not tell it, and removes what uploads that were given up have
/// left: when asked to, and as long as something waits again and again, ever less often. What is to be told never waits
/// for what is to be removed. GUI thread.
class OutboxController : public QObject {
    Q_OBJECT
public:
    OutboxController(Desk& desk, QObject* parent);
    void sendNow();

Q_SIGNALS:
    void told(); ///< somebody heard something: lists are worth another look

private:
    void ended(const Delivery& delivery);
    void tidy();
    void tidied(bool all);
    void again();

    Desk& m_desk;
    QPointer<Task> m_task, m_tidying;
    QTimer m_again;
    std::chrono::seconds m_pause;
};

} // namespace sealwright::window
