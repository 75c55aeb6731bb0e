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
        this,
        [services = m_desk.services](TaskContext& context) {
            auto delivery = deliverEvents(services, context);
            // What could not be removed from the store is tried again with the next delivery.
            const auto leftovers = tidyUploads(services, context);
            if (delivery && leftovers)
                delivery->waiting += leftovers->left;
            return delivery;
        },
        [this](Delivery& delivery) { ended(delivery); },
        [this](const Failure&) {
            ended(Delivery{0, 1, {}});
        }); // the profile: its own pages say so
}

void OutboxController::ended(const Delivery& delivery) {
    m_pause = delivery.sent > 0 || delivery.waiting == 0 ? shortestPause : std::min(m_pause * 2, longestPause);
    if (delivery.waiting > 0)
        m_again.start(m_pause);
    if (delivery.sent > 0)
        Q_EMIT told();
}

} // namespace sealwright::window
