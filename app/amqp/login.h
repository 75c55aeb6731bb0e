#pragma once
#include "app/amqp/wire.h"
#include "models/ports/feedback.h"

namespace sealwright::amqp {

/// All frames but the connection's own go over this one.
inline constexpr amqp_channel_t channel = 1;

amqp_bytes_t bytesOf(std::string_view text); ///< borrows

/// From a fresh connection to a channel on which every message is confirmed: SASL PLAIN, tuning, virtual host, channel.
/// The password goes out from memory that is wiped, never through rabbitmq-c's. As Wire's failures.
Outcome<void> logIn(Wire& wire, const std::string& vhost, const BrokerLogin& login, const Cancel& cancel);

} // namespace sealwright::amqp
