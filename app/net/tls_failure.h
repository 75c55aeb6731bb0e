#pragma once
#include "models/domain/failure.h"

#include <QSslError>

namespace sealwright::net {

/// Why a handshake with this host failed, as far as Qt tells: NetworkTlsUnknownCa before all others, for of a
/// certificate that nobody trusted vouches for nothing else is true, then NetworkTlsExpired, NetworkTlsWrongHost,
/// NetworkTlsTooOld, else NetworkTls (facts: host). `message` is the socket's own text.
Failure tlsFailure(const std::string& host, const QList<QSslError>& errors, const QString& message);

} // namespace sealwright::net
