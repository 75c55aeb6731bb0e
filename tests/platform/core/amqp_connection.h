#pragma once
#include "tests/platform/core/stack.h"

#include <amqp.h>

#include <chrono>
#include <memory>

namespace sealwright::platform {

struct AmqpMessage {
    std::string id, contentType, body;
    std::uint64_t tag = 0; ///< what the broker calls this delivery
};

/// One consuming connection to a broker, by TLS, its certificate checked against the given CA. On one thread. It
/// blocks, no longer than some seconds; what fails leaves it unusable.
class AmqpConnection {
public:
    /// Nothing where the broker is away, is not who it should be, or denies.
    static std::unique_ptr<AmqpConnection> open(const BrokerAddress& broker);
    ~AmqpConnection();
    AmqpConnection(const AmqpConnection&) = delete;
    AmqpConnection& operator=(const AmqpConnection&) = delete;

    /// The next message; nothing where none came in that time or the connection is gone: see alive().
    std::optional<AmqpMessage> next(std::chrono::milliseconds wait);
    bool alive() const { return m_alive; }

    void acknowledge(std::uint64_t tag); ///< it is never delivered again
    void refuse(std::uint64_t tag);      ///< nor is this one; the broker puts it aside

private:
    AmqpConnection();
    bool connect(const BrokerAddress& broker);
    bool consume(const BrokerAddress& broker);

    amqp_connection_state_t m_connection;
    bool m_alive = false;
};

} // namespace sealwright::platform
