#include "app/window/outbox_controller.h"

#include "models/tasks/upload_leftovers.h"

#include <algorithm>

namespace sealwright::window {

namespace {
constexpr std::chrono::seconds shortestPause{15}, longestPause{600};
}

OutboxController::OutboxController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_pause(shortestPause) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &OutboxController::sendNow);
}

void OutboxController::sendNow() {
    if (m_task || !m_desk.session.machine.facts().registered)
        return;
    m_again.stop();
    m_task = carryOut<Delivery>(
        this, [services = m_desk.services](TaskContext& context) { return deliverEvents(services, context); },
        [this](Delivery& delivery) { ended(delivery); },
        [this](const Failure&) {
            ended(Delivery{0, 1, {}});
        }); // the profile: its own pages say so
}

void OutboxController::ended(const Delivery& delivery) {
    if (delivery.sent > 0)
        m_pause = shortestPause;
    if (delivery.waiting > 0)
        again();
    tidy();
    if (delivery.sent > 0)
        Q_EMIT told();
}

void OutboxController::tidy() {
    if (m_tidying)
        return;
    m_tidying = carryOut<Leftovers>(
        this,
        [services = m_desk.services](TaskContext& context) {
            return tidyUploads(services, context, longestTidyingAside);
        },
        [this](Leftovers& leftovers) { tidied(leftovers.left == 0); }, [this](const Failure&) { tidied(false); });
}

void OutboxController::tidied(bool all) {
    if (!all)
        again();
    else if (!m_again.isActive())
        m_pause = shortestPause;
}

void OutboxController::again() {
    if (m_again.isActive())
        return;
    m_again.start(m_pause);
    m_pause = std::min(m_pause * 2, longestPause);
}

} // namespace sealwright::window
