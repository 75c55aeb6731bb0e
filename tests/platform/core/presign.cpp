#include "tests/platform/core/presign.h"

#include "models/domain/job.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QUrl>

namespace sealwright::platform {

namespace {

QByteArray hmac(const QByteArray& key, const QByteArray& text) {
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

/// Everything but unreserved characters and what `kept` holds.
QByteArray encoded(const std::string& text, const char* kept = "") {
    return QUrl::toPercentEncoding(QString::fromStdString(text), kept);
}

/// Host as it stands in the request: without the scheme's own port.
QByteArray hostHeader(const std::string& endpoint) {
    const QUrl url(QString::fromStdString(endpoint));
    auto host = url.host().toUtf8();
    return url.port() < 0 ? host : host + ':' + QByteArray::number(url.port());
}

} // namespace

std::string presign(const Storage& storage, const std::string& verb, const std::string& bucket,
                    const std::string& object, int seconds, Instant now) {
    const auto time = QDateTime::fromSecsSinceEpoch(now, Qt::UTC);
    const auto day = time.toString(QStringLiteral("yyyyMMdd")).toUtf8();
    const auto stamp = time.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toUtf8();
    const auto region = QByteArray::fromStdString(storage.region);
    const auto scope = day + '/' + region + "/s3/aws4_request";
    const auto path = "/" + encoded(bucket) + (object.empty() ? QByteArray() : "/" + encoded(object, "/"));
    const QByteArray query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + encoded(storage.accessKey + "/" + scope.toStdString()) +
        "&X-Amz-Date=" + stamp + "&X-Amz-Expires=" + QByteArray::number(seconds) + "&X-Amz-SignedHeaders=host";
    const QByteArray canonical = QByteArray::fromStdString(verb) + '\n' + path + '\n' + query +
                                 "\nhost:" + hostHeader(storage.endpoint) + "\n\nhost\nUNSIGNED-PAYLOAD";
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + stamp + '\n' + scope + '\n' +
                              QCryptographicHash::hash(canonical, QCryptographicHash::Sha256).toHex();
    const auto key = hmac(hmac(hmac(hmac("AWS4" + QByteArray::fromStdString(storage.secretKey), day), region), "s3"),
                          "aws4_request");
    const auto signature = hmac(key, toSign).toHex();
    return storage.endpoint + (path + '?' + query + "&X-Amz-Signature=" + signature).toStdString();
}

} // namespace sealwright::platform
