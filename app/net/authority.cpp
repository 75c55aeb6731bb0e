#include "app/net/authority.h"

#include <QHostAddress>

namespace sealwright::net {

namespace {

std::uint16_t defaultPort(const QUrl& url) {
    return url.scheme() == QLatin1String("https") ? 443 : 80;
}

std::string bracketed(const std::string& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

} // namespace

bool isLoopback(const QString& host) {
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

std::uint16_t portOf(const QUrl& url) {
    return static_cast<std::uint16_t>(url.port(defaultPort(url)));
}

std::string hostPort(const std::string& host, std::uint16_t port) {
    return bracketed(host) + ':' + std::to_string(port);
}

std::string hostPort(const QUrl& url) {
    return hostPort(url.host().toLower().toStdString(), portOf(url));
}

std::string hostHeader(const QUrl& url) {
    const std::string host = url.host(QUrl::FullyEncoded).toStdString();
    const std::uint16_t port = portOf(url);
    return port == defaultPort(url) ? bracketed(host) : hostPort(host, port);
}

} // namespace sealwright::net
