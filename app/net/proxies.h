#pragma once
#include <QNetworkProxy>

class QNetworkProxyFactory;

namespace sealwright::net {

/// The system's proxy for what is asked, but never one for this machine itself. On the network thread: some systems
/// take their time to answer.
QNetworkProxy proxyFor(const QNetworkProxyQuery& query);

/// The same, as a QNetworkAccessManager asks. The caller's.
QNetworkProxyFactory* proxies();

} // namespace sealwright::net
