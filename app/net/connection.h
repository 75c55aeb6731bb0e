#pragma once
#include "app/net/tunnel.h"

#include <QNetworkProxy>
#include <QObject>
#include <QSslError>

class QSslSocket;
class QTcpSocket;

namespace sealwright::net {

class AccessPool;

/// A socket to a server that is connected under a trust: with TLS, the server's certificate is judged before anything
/// is sent. Lives on the network thread.
class Connection : public QObject {
    Q_OBJECT

public:
    Connection(AccessPool& pool, Remote remote, QNetworkProxy proxy, QObject* parent);

    /// ready(), or over() alone, follows.
    void open();
    /// Shares the bytes with the caller until they have gone. From ready() to over().
    void write(const QByteArray& bytes);
    /// Bytes written to it that the system has not taken, wherever they wait: with TLS or a proxy, Qt has sockets below
    /// this one that take whatever they are given.
    qint64 waiting() const;
    /// What has come. Until ready() was there, nothing; in over() the last of it.
    QByteArray read();
    /// No more is written; over() follows when what was has gone.
    void closeSoftly();
    /// At once: nothing more is sent, nobody is told anything any more, and it deletes itself, later.
    void letGo();

    bool isReady() const { return m_ready && !m_over; }
    /// NetworkUnreachable, NetworkTlsUnknownCa and its kinds (tls_failure.h); after over().
    const Failure& failure() const { return m_failure; }

Q_SIGNALS:
    void ready();
    void readable();
    void moved(qint64 bytes); ///< that the system has taken
    void over();              ///< once

private:
    void dial();
    void onOpened();
    QList<QTcpSocket*> sockets() const;
    void onOver();
    void end(Failure failure);

    AccessPool& m_pool;
    const Remote m_remote;
    const QNetworkProxy m_proxy;
    QTcpSocket* m_socket = nullptr; ///< a child of this
    QSslSocket* m_tls = nullptr;    ///< the same, with TLS
    QList<QSslError> m_tlsErrors;
    Failure m_failure{Code::NetworkUnreachable};
    bool m_learnedCa = false, m_triedAgain = false, m_ready = false, m_over = false;
};

} // namespace sealwright::net
