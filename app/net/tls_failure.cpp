#include "app/net/tls_failure.h"

#include <algorithm>

namespace sealwright::net {

namespace {

bool isUnknownAuthority(const QSslError& error) {
    switch (error.error()) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateSignatureFailed:
        return true;
    default:
        return false;
    }
}

bool isOutOfTime(const QSslError& error) {
    return error.error() == QSslError::CertificateExpired || error.error() == QSslError::CertificateNotYetValid;
}

bool isWrongHost(const QSslError& error) {
    return error.error() == QSslError::HostNameMismatch;
}

/// Qt hands on OpenSSL's words alone: our own "unsupported protocol", or the server's alert. "wrong version number" is
/// none of them: that is what a server without any TLS makes it say.
bool saysTooOld(const QString& message) {
    return message.contains(QLatin1String("unsupported protocol")) ||
           message.contains(QLatin1String("protocol version")) || message.contains(QLatin1String("version too low"));
}

} // namespace

Failure tlsFailure(const std::string& host, const QList<QSslError>& errors, const QString& message) {
    if (std::any_of(errors.begin(), errors.end(), isUnknownAuthority))
        return {Code::NetworkTlsUnknownCa, {host}};
    if (std::any_of(errors.begin(), errors.end(), isOutOfTime))
        return {Code::NetworkTlsExpired, {host}};
    if (std::any_of(errors.begin(), errors.end(), isWrongHost))
        return {Code::NetworkTlsWrongHost, {host}};
    return {errors.isEmpty() && saysTooOld(message) ? Code::NetworkTlsTooOld : Code::NetworkTls, {host}};
}

} // namespace sealwright::net
