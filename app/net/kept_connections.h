#pragma once
#include "app/net/connection.h"

#include <QHash>

namespace sealwright::net {

/// Connections that have carried a request and may carry another to the same place, under the same trust. One that says
/// something unasked, ends, or rests too long, goes. Lives on the network thread.
class KeptConnections : public QObject {
    Q_OBJECT

public:
    /// Servers close what rests longer; a request must not meet that moment.
    static constexpr std::chrono::seconds longestRest{15};

    explicit KeptConnections(QObject* parent) : QObject(parent) {}

    /// The one that rested shortest, the caller's child from now on; nothing where there is none.
    Connection* take(const QByteArray& place, QObject* parent);
    /// Nobody else is connected to its signals any more.
    void keep(const QByteArray& place, Connection* connection);
    void clear();

private:
    void drop(Connection* connection);

    QHash<QByteArray, QList<Connection*>> m_resting; ///< children of this
};

} // namespace sealwright::net
