#include "app/net/tunnel_end.h"

#include "app/net/access_pool.h"
#include "app/net/connection.h"
#include "app/net/proxies.h"
#include "crypto/base/secret.h"

#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace sealwright::net {

namespace {

constexpr qint64 pieceSize = 64 * 1024;
constexpr std::chrono::seconds longestGoodbye{5};

} // namespace

TunnelEnd::TunnelEnd(AccessPool& pool, const Remote& remote, int descriptor, std::shared_ptr<TunnelOpening> opening)
    : QObject(&pool),
      m_descriptor(descriptor),
      m_opening(std::move(opening)),
      m_connection(new Connection(
          pool, remote, proxyFor(QNetworkProxyQuery(QString::fromStdString(remote.host), remote.port)), this)),
      m_readable(new QSocketNotifier(descriptor, QSocketNotifier::Read, this)),
      m_writable(new QSocketNotifier(descriptor, QSocketNotifier::Write, this)) {
    m_writable->setEnabled(false);
    m_goodbye.setSingleShot(true);
    m_goodbye.setInterval(longestGoodbye);
    connect(m_readable, &QSocketNotifier::activated, this, &TunnelEnd::fromCaller);
    connect(m_writable, &QSocketNotifier::activated, this, &TunnelEnd::toCaller);
    connect(&m_goodbye, &QTimer::timeout, this, [this] { finish({}); });
    connect(m_connection, &Connection::ready, this, [this] {
        const std::lock_guard lock(m_opening->mutex);
        m_opening->opened = Outcome<void>();
        m_opening->wake.notify_one();
    });
    connect(m_connection, &Connection::readable, this, &TunnelEnd::fromServer);
    connect(m_connection, &Connection::moved, this,
            [this](qint64 bytes) { *m_opening->sent += static_cast<std::uint64_t>(bytes); });
    connect(m_connection, &Connection::over, this, &TunnelEnd::onOver);
}

TunnelEnd::~TunnelEnd() {
    finish(fail(Code::Cancelled));
    delete m_readable; // before the descriptor that they watch
    delete m_writable;
    ::close(m_descriptor);
}

void TunnelEnd::begin() {
    m_connection->open();
}

void TunnelEnd::onOver() {
    if (m_done)
        return;
    fromServer(); // its last words
    finish(fail(m_connection->failure()));
}

/// What the caller writes may be a password: this function's own copy is wiped.
void TunnelEnd::fromCaller() {
    crypto::SecretBytes piece(static_cast<std::size_t>(pieceSize));
    auto* bytes = reinterpret_cast<char*>(piece.revealMutable().data());
    for (;;) {
        const auto got = ::recv(m_descriptor, bytes, piece.size(), 0);
        if (got > 0) {
            m_connection->write(QByteArray(bytes, got));
            continue;
        }
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        break;
    }
    m_readable->setEnabled(false);
    m_callerGone = true;
    if (!m_connection->isReady())
        return finish(fail(Code::Cancelled));
    m_connection->closeSoftly();
    m_goodbye.start();
}

void TunnelEnd::fromServer() {
    if (m_callerGone)
        m_connection->read();
    else if (m_waiting.isEmpty()) {
        m_waiting = m_connection->read();
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
            m_waiting = m_connection->read();
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
