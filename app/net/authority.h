#pragma once

#include <QUrl>

#include <cstdint>
#include <string>

// Who a URL's server is, as RFC 3986 §3.2 writes it: a host, and a port beside it.
namespace sealwright::net {

/// This machine itself, by name or address (without brackets): the one place that plain connections may go to.
bool isLoopback(const QString& host);

/// The URL's own port, or its scheme's.
std::uint16_t portOf(const QUrl& url);

/// "host:port", with the brackets that an IPv6 address needs.
std::string hostPort(const std::string& host, std::uint16_t port);
/// The same, the scheme's default port filled in, lower case: as a registration's `hosts` has it.
std::string hostPort(const QUrl& url);

/// What the Host header says: without the scheme's default port.
std::string hostHeader(const QUrl& url);

} // namespace sealwright::net
