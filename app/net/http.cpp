#include "app/net/http.h"

#include <QHostAddress>

namespace sealwright::net {

bool isLoopback(const QString& host) {
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

QByteArray Answer::header(const char* name) const {
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

Outcome<void> allowedUrl(const QUrl& url) {
    if (url.isValid() && !url.host().isEmpty()) {
        if (url.scheme() == QLatin1String("https"))
            return {};
        if (url.scheme() == QLatin1String("http") && isLoopback(url.host()))
            return {};
    }
    return fail({Code::NetworkPlainHttp, {url.host().toStdString()}});
}

std::string hostHeader(const QUrl& url) {
    const std::string host = url.host(QUrl::FullyEncoded).toStdString();
    const int usual = url.scheme() == QLatin1String("https") ? 443 : 80;
    const std::string bracketed = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return url.port(usual) == usual ? bracketed : bracketed + ":" + std::to_string(url.port());
}

std::string hostPort(const QUrl& url) {
    QString host = url.host().toLower();
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    const int port = url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
    return (host + QLatin1Char(':') + QString::number(port)).toStdString();
}

} // namespace sealwright::net
