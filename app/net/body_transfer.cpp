#include "app/net/body_transfer.h"

#include "app/base/wipe.h"
#include "app/net/access_pool.h"
#include "app/net/authority.h"
#include "app/net/kept_connections.h"
#include "app/net/proxies.h"
#include "app/net/request_head.h"
#include "app/net/slice_device.h"

namespace sealwright::net {

namespace {

/// Two of them wait in the program at most, so that the system never runs out of bytes.
constexpr qint64 pieceSize = 256 * 1024;
/// Under a limit little goes ahead of it.
constexpr qint64 limitedPieceSize = 16 * 1024;

Remote remoteOf(const Request& request) {
    return {request.url.host().toStdString(), portOf(request.url), request.url.scheme() == QLatin1String("https"),
            request.trust};
}

} // namespace

BodyTransfer::BodyTransfer(AccessPool& pool, const Request& request, std::shared_ptr<Exchange> exchange)
    : Transfer(pool, request, false, std::move(exchange)), m_reader(request.maxAnswer) {}

BodyTransfer::~BodyTransfer() {
    BodyTransfer::letGo(); // nobody is to send the head any more
    wipe(m_head);
}

void BodyTransfer::begin() {
    if (auto opened = openBody(); !opened)
        return finish(opened.failed());
    m_head = requestHead(m_request, static_cast<std::uint64_t>(m_body->size()));
    if (m_head.isEmpty())
        return finish(fail(Code::InternalBug));
    touch();
    if (auto* kept = m_pool.keptConnections().take(place(), this)) {
        m_reused = true;
        attach(kept);
        return sendHead();
    }
    connectAnew();
}

Outcome<void> BodyTransfer::openBody() {
    auto body = m_request.openBody();
    if (!body || !body->isReadable() || body->isSequential())
        return fail(Code::InternalBug);
    if (auto* slice = qobject_cast<SliceDevice*>(body.get()))
        connect(slice, &SliceDevice::failed, this, &BodyTransfer::onSourceFailed, Qt::QueuedConnection);
    m_body = std::make_unique<MeteredDevice>(std::move(body), m_pool.rateLimit(), m_request.pause);
    connect(m_body.get(), &MeteredDevice::heldUp, this, &BodyTransfer::pauseInactivity);
    connect(m_body.get(), &MeteredDevice::readyRead, this, [this] {
        touch();
        pump();
    });
    return {};
}

void BodyTransfer::connectAnew() {
    letGo();
    m_reused = false;
    m_body->seek(0);
    attach(new Connection(m_pool, remoteOf(m_request), proxyFor(QNetworkProxyQuery(m_request.url)), this));
    m_connection->open();
}

void BodyTransfer::attach(Connection* connection) {
    m_connection = connection;
    connect(connection, &Connection::ready, this, &BodyTransfer::sendHead);
    connect(connection, &Connection::moved, this, &BodyTransfer::onMoved);
    connect(connection, &Connection::readable, this, &BodyTransfer::onReadable);
    connect(connection, &Connection::over, this, &BodyTransfer::onOver);
}

void BodyTransfer::sendHead() {
    touch();
    m_connection->write(m_head);
    pump();
}

void BodyTransfer::pump() {
    if (isDone() || !m_connection || !m_connection->isReady())
        return;
    const qint64 most = m_pool.rateLimit().rate() > 0 ? limitedPieceSize : pieceSize;
    while (m_body->pos() < m_body->size() && m_connection->waiting() < 2 * most) {
        QByteArray piece(std::min(most, m_body->size() - m_body->pos()), Qt::Uninitialized);
        const qint64 got = m_body->read(piece.data(), piece.size());
        if (got <= 0) // held back: readyRead() follows; failed: failed() does
            return;
        piece.truncate(got);
        m_connection->write(piece);
    }
}

void BodyTransfer::onMoved() {
    touch();
    tellSent(static_cast<std::uint64_t>(m_body->pos() - std::min(m_body->pos(), m_connection->waiting())));
    pump();
}

void BodyTransfer::onReadable() {
    if (isDone())
        return;
    touch();
    const QByteArray bytes = m_connection->read();
    const auto taken = m_reader.take({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    const bool more = taken < static_cast<std::size_t>(bytes.size()); // nobody has asked for that
    endIfAnswered(!more);
}

void BodyTransfer::onOver() {
    onReadable(); // its last words
    if (isDone())
        return;
    if (m_reused && !m_reader.begun()) // it had ended before this request came
        return connectAnew();
    const Failure failure = m_connection->failure();
    if (m_reader.begun())
        m_reader.end();
    endIfAnswered(false);
    finish(fail(failure));
}

void BodyTransfer::endIfAnswered(bool kept) {
    if (m_reader.state() == AnswerReader::State::Head || m_reader.state() == AnswerReader::State::Body)
        return;
    const bool whole = m_body->pos() == m_body->size() && m_connection->waiting() == 0;
    // Kept before the end is told: whoever waits for a connection takes this one then.
    if (kept && whole && m_reader.isConnectionKept()) {
        m_connection->disconnect(this);
        m_pool.keptConnections().keep(place(), std::exchange(m_connection, nullptr));
    } else
        letGo();
    finish(outcome(whole));
}

Outcome<Answer> BodyTransfer::outcome(bool whole) {
    if (m_reader.state() == AnswerReader::State::TooLarge)
        return fail({m_request.tooLarge, host()});
    Answer& answer = m_reader.answer();
    // Of bytes that it has not seen yet nobody can say that they are well.
    if (m_reader.state() == AnswerReader::State::Invalid || (answer.good() && !whole))
        return fail({Code::NetworkUnreachable, host()});
    if (answer.status >= 300 && answer.status < 400)
        return fail({Code::NetworkRedirect, host()});
    return std::move(answer);
}

void BodyTransfer::onSourceFailed() {
    letGo();
    finish(fail(static_cast<SliceDevice&>(m_body->body()).failure()));
}

void BodyTransfer::goOn() {
    if (m_body)
        m_body->goOn();
}

void BodyTransfer::letGo() {
    if (m_connection)
        std::exchange(m_connection, nullptr)->letGo();
}

} // namespace sealwright::net
