#include "app/net/http.h"

#include "app/net/authority.h"

namespace sealwright::net {

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

} // namespace sealwright::net
