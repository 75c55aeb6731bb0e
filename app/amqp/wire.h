#pragma once
#include "app/net/tunnel.h"

#include <amqp.h>

namespace sealwright::amqp {

/// How long to wait for a broker.
struct Patience {
    std::chrono::milliseconds connect{20'000}; ///< until the connection, and its TLS, stand
    std::chrono::milliseconds answer{30'000};  ///< while nothing of what was sent has gone out and nothing is answered
    std::chrono::milliseconds blocked{3'000};  ///< for one that says it takes nothing now
};

/// The frames of one connection to a broker, with rabbitmq-c underneath. On one thread at a time. What fails leaves it
/// unusable, but for untilUnblocked().
///
/// Failures, here and in all that speaks through one (facts: the broker's host): BrokerUnreachable, BrokerTimeout,
/// BrokerDenied, BrokerNoExchange, BrokerBlocked, BrokerFailed (and the AMQP reply code, where it gave one), Cancelled.
class Wire {
public:
    /// `host` is what failures name.
    Wire(std::unique_ptr<net::Tunnel> tunnel, std::string host, Patience patience);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool alive() const { return m_alive; }
    const std::string& host() const { return m_host; }

    amqp_connection_state_t raw() { return m_connection; } ///< for what only rabbitmq-c does
    Outcome<void> check(int status);                       ///< of a call of rabbitmq-c
    Failure broken(Failure why);                           ///< `why`; nothing more can be made of this connection
    Failure broken() { return broken({Code::BrokerFailed, {m_host}}); } ///< by an answer that makes no sense
    template <class Method>
    Outcome<void> send(amqp_channel_t channel, amqp_method_number_t id, Method method) {
        return check(amqp_send_method(m_connection, channel, id, &method));
    }
    /// Bytes of a frame made elsewhere, for secrets that must not stay in rabbitmq-c's memory.
    Outcome<void> sendBytes(ByteView bytes);

    /// Waits for the next frame; looks at `cancel` several times a second. Its contents are good until the next call. A
    /// close is a failure; heartbeats, and that it takes nothing for now, are dealt with here.
    Outcome<amqp_frame_t> next(const Cancel& cancel);
    /// As next(), and BrokerFailed where it is anything but this method.
    Outcome<amqp_frame_t> next(amqp_method_number_t expected, const Cancel& cancel);
    /// Looks at what has come in already, without waiting, where nothing is expected.
    Outcome<void> drain();
    /// Where it takes nothing for now, waits for the end of that: BrokerBlocked where that takes long.
    Outcome<void> untilUnblocked(const Cancel& cancel);

private:
    Outcome<std::optional<amqp_frame_t>> look(std::chrono::milliseconds wait);
    Outcome<std::optional<amqp_frame_t>> judge(const amqp_frame_t& frame);
    Failure closed(std::uint16_t code);

    const std::unique_ptr<net::Tunnel> m_tunnel;
    const std::string m_host;
    const Patience m_patience;
    amqp_connection_state_t m_connection;
    bool m_alive = true, m_blocked = false; ///< it has said that it takes nothing for now
};

} // namespace sealwright::amqp
