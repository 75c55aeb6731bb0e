#include "app/net/connection.h"

#include "app/net/access_pool.h"
#include "app/net/authority.h"
#include "app/net/tls_failure.h"

#include <QSslSocket>

#include <numeric>

namespace sealwright::net {

namespace {

constexpr qint64 readBuffer = 64 * 1024;

} // namespace

Connection::Connection(AccessPool& pool, Remote remote, QNetworkProxy proxy, QObject* parent)
    : QObject(parent), m_pool(pool), m_remote(std::move(remote)), m_proxy(std::move(proxy)) {}

void Connection::open() {
    if (m_remote.tls && !m_pool.knows(m_remote.trust))
        return end({Code::NetworkTlsUnknownCa, {hostPort(m_remote.host, m_remote.port)}});
    dial();
}

void Connection::dial() {
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->deleteLater();
    }
    m_tlsErrors.clear();
    m_tls = m_remote.tls ? new QSslSocket(this) : nullptr;
    m_socket = m_tls ? m_tls : new QTcpSocket(this);
    m_socket->setProxy(m_proxy);
    m_socket->setReadBufferSize(readBuffer);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::readable);
    // Queued: the socket must not go while it is still telling. One whose writes fail is disconnected without an error.
    const auto over = [this, socket = m_socket] {
        if (socket == m_socket)
            onOver();
    };
    connect(m_socket, &QTcpSocket::errorOccurred, this, over, Qt::QueuedConnection);
    connect(m_socket, &QTcpSocket::disconnected, this, over, Qt::QueuedConnection);
    const auto name = QString::fromStdString(m_remote.host);
    if (!m_tls) {
        connect(m_socket, &QTcpSocket::connected, this, &Connection::onOpened);
        return m_socket->connectToHost(name, m_remote.port);
    }
    connect(m_tls, &QSslSocket::encrypted, this, &Connection::onOpened);
    connect(m_tls, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_tlsErrors = errors;
        m_learnedCa = m_learnedCa || m_pool.learn(m_remote.trust, m_tls->peerCertificateChain(), errors);
    });
    m_tls->setSslConfiguration(m_pool.tlsFor(m_remote.trust));
    m_tls->connectToHostEncrypted(name, m_remote.port);
}

/// This one, and those below it, the one to the network last.
QList<QTcpSocket*> Connection::sockets() const {
    return QList<QTcpSocket*>{m_socket} + m_socket->findChildren<QTcpSocket*>();
}

void Connection::onOpened() {
    connect(sockets().last(), &QTcpSocket::bytesWritten, this, &Connection::moved);
    m_ready = true;
    Q_EMIT ready();
}

void Connection::write(const QByteArray& bytes) {
    m_socket->write(bytes);
}

qint64 Connection::waiting() const {
    const auto all = sockets();
    return std::accumulate(all.begin(), all.end(), qint64{0},
                           [](qint64 sum, const QTcpSocket* socket) { return sum + socket->bytesToWrite(); });
}

QByteArray Connection::read() {
    // A handshake that failed has left it closed.
    return m_socket && m_socket->isReadable() ? m_socket->readAll() : QByteArray();
}

void Connection::closeSoftly() {
    m_socket->disconnectFromHost();
}

void Connection::letGo() {
    disconnect();
    m_over = true;
    if (m_socket)
        m_socket->abort();
    deleteLater();
}

void Connection::onOver() {
    if (m_over)
        return;
    if (m_learnedCa && !m_triedAgain) { // nothing was sent: the handshake failed
        m_triedAgain = true;
        return dial();
    }
    const auto host = hostPort(m_remote.host, m_remote.port);
    const bool tls = m_socket->error() == QAbstractSocket::SslHandshakeFailedError || !m_tlsErrors.isEmpty();
    end(tls ? tlsFailure(host, m_tlsErrors, m_socket->errorString()) : Failure(Code::NetworkUnreachable, {host}));
}

void Connection::end(Failure failure) {
    m_over = true;
    m_failure = std::move(failure);
    Q_EMIT over();
}

} // namespace sealwright::net
