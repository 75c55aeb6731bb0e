#pragma once
#include "tests/platform/core/amqp_connection.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <thread>

namespace sealwright::platform {

/// Takes machines' events from the broker, one after the other. A thread of its own waits for them, and connects again
/// when the broker was away; what is to be done with one is asked on the thread that made this object, whose event loop
/// must run. A message is acknowledged after that, never before: one that was under way when something broke comes
/// again.
class FeedbackConsumer {
public:
    enum class Verdict {
        Taken,
        Refused, ///< it will never be taken: the broker puts it aside
        Later    ///< something does not answer now: it is asked again, and all others wait behind it
    };
    using Take = std::function<Verdict(const AmqpMessage&)>;

    FeedbackConsumer(BrokerAddress broker, Take take);
    /// Waits for the thread, some seconds at most.
    ~FeedbackConsumer();

private:
    void work();
    void consume(AmqpConnection& connection);
    std::optional<Verdict> ask(const AmqpMessage& message);
    void pause() const;

    const BrokerAddress m_broker;
    const Take m_take;
    QObject m_home; ///< lives where `take` is called
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

} // namespace sealwright::platform
