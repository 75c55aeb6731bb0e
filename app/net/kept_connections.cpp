#include "app/net/kept_connections.h"

#include <QTimer>

namespace sealwright::net {

Connection* KeptConnections::take(const QByteArray& place, QObject* parent) {
    const auto resting = m_resting.find(place);
    if (resting == m_resting.end() || resting->isEmpty())
        return nullptr;
    Connection* connection = resting->takeLast();
    connection->disconnect(this);
    delete connection->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    connection->setParent(parent);
    return connection;
}

void KeptConnections::keep(const QByteArray& place, Connection* connection) {
    connection->setParent(this);
    m_resting[place].append(connection);
    const auto gone = [this, connection] { drop(connection); };
    connect(connection, &Connection::over, this, gone);
    connect(connection, &Connection::readable, this, gone);
    auto* rest = new QTimer(connection);
    rest->setSingleShot(true);
    connect(rest, &QTimer::timeout, this, gone);
    rest->start(longestRest);
}

void KeptConnections::clear() {
    m_resting.clear();
    qDeleteAll(findChildren<Connection*>(Qt::FindDirectChildrenOnly));
}

void KeptConnections::drop(Connection* connection) {
    for (auto& resting : m_resting)
        resting.removeOne(connection);
    connection->letGo();
}

} // namespace sealwright::net
