#include "app/net/proxies.h"

#include "app/net/authority.h"

namespace sealwright::net {

namespace {

class Proxies : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override { return {proxyFor(query)}; }
};

} // namespace

QNetworkProxy proxyFor(const QNetworkProxyQuery& query) {
    if (isLoopback(query.peerHostName()))
        return QNetworkProxy::NoProxy;
    return QNetworkProxyFactory::systemProxyForQuery(query).value(0, QNetworkProxy::NoProxy);
}

QNetworkProxyFactory* proxies() {
    return new Proxies;
}

} // namespace sealwright::net
