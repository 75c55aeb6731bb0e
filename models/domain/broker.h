#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sealwright {

/// Longest name that AMQP 0-9-1 can carry: of an exchange, a routing key, a virtual host.
inline constexpr std::size_t maxBrokerName = 255;

/// Where a job's broker is, as its URL says (FORMAT.md §8).
struct BrokerPlace {
    std::string host; ///< name or address, without brackets
    std::uint16_t port = 0;
    bool tls = true;
    std::string vhost; ///< "/" where the URL names none
    friend bool operator==(const BrokerPlace&, const BrokerPlace&) = default;
};

/// "amqps://host:port/vhost", the virtual host percent-encoded, one path segment; "amqp://" to loopback alone. Nothing
/// for what hostOfEndpoint() refuses, another scheme, or another path.
std::optional<BrokerPlace> brokerOf(std::string_view url);

} // namespace sealwright
