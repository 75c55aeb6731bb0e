#include "tests/platform/core/feedback_consumer.h"

#include <future>

namespace sealwright::platform {

using namespace std::chrono_literals;

FeedbackConsumer::FeedbackConsumer(BrokerAddress broker, Take take)
    : m_broker(std::move(broker)), m_take(std::move(take)), m_thread([this] { work(); }) {}

FeedbackConsumer::~FeedbackConsumer() {
    m_stop = true;
    m_thread.join();
}

void FeedbackConsumer::pause() const {
    for (int i = 0; i < 10 && !m_stop; ++i)
        std::this_thread::sleep_for(50ms);
}

void FeedbackConsumer::work() {
    while (!m_stop) {
        if (const auto connection = AmqpConnection::open(m_broker))
            consume(*connection);
        pause();
    }
}

void FeedbackConsumer::consume(AmqpConnection& connection) {
    while (!m_stop && connection.alive()) {
        const auto message = connection.next(200ms);
        if (!message)
            continue;
        auto verdict = ask(*message);
        while (verdict == Verdict::Later) {
            pause();
            verdict = ask(*message);
        }
        if (verdict == Verdict::Taken)
            connection.acknowledge(message->tag);
        else if (verdict == Verdict::Refused)
            connection.refuse(message->tag);
    }
}

/// Nothing where this object goes before an answer came: then the answer is for nobody.
std::optional<FeedbackConsumer::Verdict> FeedbackConsumer::ask(const AmqpMessage& message) {
    const auto answer = std::make_shared<std::promise<Verdict>>();
    auto given = answer->get_future();
    QMetaObject::invokeMethod(
        &m_home, [this, message, answer] { answer->set_value(m_take(message)); }, Qt::QueuedConnection);
    while (!m_stop)
        if (given.wait_for(100ms) == std::future_status::ready)
            return given.get();
    return std::nullopt;
}

} // namespace sealwright::platform
