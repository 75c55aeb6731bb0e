#include "app/net/tunnel_end.h"

#include "app/net/access_pool.h"
#include "app/net/tls_failure.h"
#include "crypto/base/secret.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QSocketNotifier>
#include <QSslSocket>

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace sealwright::net {

namespace {

constexpr qint64 pieceSize = 64 * 1024;
constexpr std::chrono::seconds longestGoodbye{5};

/// The system's, but never for this machine itself.
QNetworkProxy proxyFor(const Remote& remote) {
    const auto name = QString::fromStdString(remote.host);
    if (isLoopback(name))
        return QNetworkProxy::NoProxy;
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(name, remote.port)).value(0);
}

} // namespace

TunnelEnd::TunnelEnd(AccessPool& pool, Remote remote, int descriptor, std::shared_ptr<TunnelOpening> opening)
    : QObject(&pool),
      m_pool(pool),
      m_remote(std::move(remote)),
      m_descriptor(descriptor),
      m_opening(std::move(opening)),
      m_readable(new QSocketNotifier(descriptor, QSocketNotifier::Read, this)),
      m_writable(new QSocketNotifier(descriptor, QSocketNotifier::Write, this)) {
    m_writable->setEnabled(false);
    m_goodbye.setSingleShot(true);
    m_goodbye.setInterval(longestGoodbye);
    connect(m_readable, &QSocketNotifier::activated, this, &TunnelEnd::fromCaller);
    connect(m_writable, &QSocketNotifier::activated, this, &TunnelEnd::toCaller);
    connect(&m_goodbye, &QTimer::timeout, this, [this] { finish({}); });
}

TunnelEnd::~TunnelEnd() {
    finish(fail(Code::Cancelled));
    delete m_readable; // before the descriptor that they watch
    delete m_writable;
    ::close(m_descriptor);
}

std::string TunnelEnd::host() const {
    const bool six = m_remote.host.find(':') != std::string::npos;
    return (six ? '[' + m_remote.host + ']' : m_remote.host) + ':' + std::to_string(m_remote.port);
}

void TunnelEnd::begin() {
    if (m_remote.tls && !m_pool.knows(m_remote.trust))
        return finish(fail({Code::NetworkTlsUnknownCa, {host()}}));
    connectToServer();
}

void TunnelEnd::connectToServer() {
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->deleteLater();
    }
    m_tlsErrors.clear();
    m_socket = new QSslSocket(this);
    m_socket->setProxy(proxyFor(m_remote));
    m_socket->setReadBufferSize(pieceSize);
    const auto opened = [this] {
        const std::lock_guard lock(m_opening->mutex);
        m_opening->opened = Outcome<void>();
        m_opening->wake.notify_one();
    };
    const auto count = [this](qint64 bytes) { *m_opening->sent += static_cast<std::uint64_t>(bytes); };
    connect(m_socket, &QSslSocket::readyRead, this, &TunnelEnd::fromServer);
    // Queued: the socket must not go while it is still telling. One whose writes fail is disconnected without an error.
    const auto over = [this, socket = m_socket] {
        if (socket == m_socket)
            onOver();
    };
    connect(m_socket, &QSslSocket::errorOccurred, this, over, Qt::QueuedConnection);
    connect(m_socket, &QSslSocket::disconnected, this, over, Qt::QueuedConnection);
    connect(m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_tlsErrors = errors;
        m_learnedCa = m_learnedCa || m_pool.learn(m_remote.trust, m_socket->peerCertificateChain(), errors);
    });
    const auto name = QString::fromStdString(m_remote.host);
    if (m_remote.tls) {
        connect(m_socket, &QSslSocket::encrypted, this, opened);
        connect(m_socket, &QSslSocket::encryptedBytesWritten, this, count);
        m_socket->setSslConfiguration(m_pool.tlsFor(m_remote.trust));
        m_socket->connectToHostEncrypted(name, m_remote.port);
    } else {
        connect(m_socket, &QSslSocket::connected, this, opened);
        connect(m_socket, &QSslSocket::bytesWritten, this, count);
        m_socket->connectToHost(name, m_remote.port);
    }
}

void TunnelEnd::onOver() {
    if (m_done)
        return;
    if (m_learnedCa && !m_triedAgain) { // nothing was sent: the handshake failed
        m_triedAgain = true;
        return connectToServer();
    }
    const auto error = m_socket->error();
    fromServer(); // its last words
    const bool tls = error == QAbstractSocket::SslHandshakeFailedError || !m_tlsErrors.isEmpty();
    finish(fail(tls ? tlsFailure(host(), m_tlsErrors, m_socket->errorString())
                    : Failure(Code::NetworkUnreachable, {host()})));
}

/// What the caller writes may be a password: this function's own copy is wiped.
void TunnelEnd::fromCaller() {
    crypto::SecretBytes piece(static_cast<std::size_t>(pieceSize));
    auto* bytes = reinterpret_cast<char*>(piece.revealMutable().data());
    for (;;) {
        const auto got = ::recv(m_descriptor, bytes, piece.size(), 0);
        if (got > 0) {
            m_socket->write(bytes, got);
            continue;
        }
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        break;
    }
    m_readable->setEnabled(false);
    m_callerGone = true;
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return finish(fail(Code::Cancelled));
    m_socket->disconnectFromHost();
    m_goodbye.start();
}

void TunnelEnd::fromServer() {
    if (!m_socket->isReadable()) // a handshake that failed has left it closed
        return;
    if (m_callerGone)
        m_socket->readAll();
    else if (m_waiting.isEmpty()) {
        m_waiting = m_socket->readAll();
        toCaller();
    }
}

void TunnelEnd::toCaller() {
    while (!m_waiting.isEmpty()) {
        const auto taken =
            ::send(m_descriptor, m_waiting.constData(), static_cast<std::size_t>(m_waiting.size()), MSG_NOSIGNAL);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken < 0) {
            m_writable->setEnabled(errno == EAGAIN);
            return;
        }
        m_waiting.remove(0, taken);
        if (m_waiting.isEmpty())
            m_waiting = m_socket->readAll();
    }
    m_writable->setEnabled(false);
}

void TunnelEnd::finish(Outcome<void> opened) {
    if (m_done)
        return;
    m_done = true;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    ::shutdown(m_descriptor, SHUT_RDWR);
    {
        const std::lock_guard lock(m_opening->mutex);
        if (!m_opening->opened)
            m_opening->opened = std::move(opened);
        m_opening->wake.notify_one();
    }
    deleteLater();
}

} // namespace sealwright::net
