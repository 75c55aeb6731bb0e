#include "app/net/transfer.h"

#include "app/base/wipe.h"
#include "app/net/access_pool.h"
#include "app/net/exchange.h"
#include "app/net/slice_device.h"
#include "app/net/tls_failure.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>

namespace sealwright::net {

namespace {

constexpr qint64 readBuffer = 512 * 1024;
/// Under a limit little is read ahead of it.
constexpr qint64 limitedReadBuffer = 64 * 1024;

/// An answer with a status of 4xx or 5xx is an error for Qt, not for us.
bool isAnswerWithStatus(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::NoError ||
           (error > QNetworkReply::UnknownProxyError && error < QNetworkReply::ProtocolUnknownError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError) ||
           error == QNetworkReply::ProtocolInvalidOperationError;
}

bool isTls(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::SslHandshakeFailedError;
}

bool isTimeout(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::TimeoutError || error == QNetworkReply::ProxyTimeoutError;
}

} // namespace

Transfer::Transfer(AccessPool& pool, const Request& request, bool streamed, std::shared_ptr<Exchange> exchange)
    : QObject(&pool),
      m_pool(pool),
      m_request(request),
      m_streamed(streamed),
      m_exchange(std::move(exchange)),
      m_incoming(pool.rateLimit(), request.pause, [this] { resume(); }) {
    m_request.onBody = nullptr;
    m_request.onSent = nullptr;
    m_inactivity.setSingleShot(true);
    m_inactivity.setInterval(m_request.inactivity);
    connect(&m_inactivity, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        m_reply->abort();
    });
}

Transfer::~Transfer() {
    delete m_reply.data(); // before the device that it reads
    wipeSecrets();
}

void Transfer::wipeSecrets() {
    struct Wiped {
        std::vector<QByteArray> secrets;
        ~Wiped() {
            for (QByteArray& secret : secrets)
                wipe(secret);
        }
    };
    const auto last = std::make_shared<Wiped>();
    last->secrets.swap(m_secrets);
    if (!m_endedByItself) // Qt's own thread has been told to stop and may be writing them still
        QTimer::singleShot(std::chrono::seconds(1), [last] {});
}

std::vector<std::string> Transfer::host() const {
    return {hostPort(m_request.url)};
}

QByteArray Transfer::place() const {
    return QByteArray::fromStdString(hostPort(m_request.url) + '\n' + m_request.trust.caSha256 + '\n' +
                                     m_request.trust.caPem);
}

QNetworkRequest Transfer::networkRequest() {
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setSslConfiguration(m_pool.tlsFor(m_request.trust));
    request.setRawHeader("User-Agent", "sealwright/" SEALWRIGHT_VERSION);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "en");
    if (m_body || !m_request.body.isEmpty())
        request.setRawHeader("Content-Type", "application/octet-stream");
    for (const auto& [name, value] : m_request.headers)
        request.setRawHeader(name, value);
    for (const auto& [name, value] : m_request.secretHeaders) {
        const auto bytes = value->reveal();
        m_secrets.emplace_back(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        request.setRawHeader(name, m_secrets.back());
    }
    return request;
}

QNetworkReply* Transfer::send(const QNetworkRequest& request) {
    auto* manager = m_pool.managerFor(m_request.trust, lasting());
    if (!manager)
        return nullptr;
    const auto& verb = m_request.verb;
    if (verb == "HEAD") // as a custom verb Qt would wait for a body
        return manager->head(request);
    if (m_body)
        return verb == "PUT" ? manager->put(request, m_body.get())
                             : manager->sendCustomRequest(request, verb, m_body.get());
    if (verb == "GET" && m_request.body.isEmpty())
        return manager->get(request);
    if (verb == "PUT")
        return manager->put(request, m_request.body);
    if (verb == "POST")
        return manager->post(request, m_request.body);
    return manager->sendCustomRequest(request, verb, m_request.body);
}

void Transfer::begin() {
    m_answer = {};
    m_received = 0;
    m_tlsErrors.clear();
    if (auto opened = openBody(); !opened)
        return finish(opened.failed());
    m_reply = send(networkRequest());
    if (!m_reply)
        return finish(fail({Code::NetworkTlsUnknownCa, host()}));
    m_reply->setReadBufferSize(m_streamed && m_pool.rateLimit().rate() > 0 ? limitedReadBuffer : readBuffer);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Transfer::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        touch();
        takeBytes(false);
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64 total) {
        touch();
        if (total <= 0) // Qt ends with a stray (0, 0)
            return;
        const std::lock_guard lock(m_exchange->mutex);
        m_exchange->sent = static_cast<std::uint64_t>(sent);
        m_exchange->wake.notify_one();
    });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        const auto chain = m_reply->sslConfiguration().peerCertificateChain();
        m_tlsErrors = errors;
        m_learnedCa = m_learnedCa || m_pool.learn(m_request.trust, chain, errors);
    });
    // Queued: the reply must not go while it is still telling that it is finished.
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::onFinished, Qt::QueuedConnection);
    touch();
}

Outcome<void> Transfer::openBody() {
    if (!m_request.openBody)
        return {};
    auto body = m_request.openBody();
    if (!body || !body->isReadable() || body->isSequential())
        return fail(Code::InternalBug);
    if (auto* slice = qobject_cast<SliceDevice*>(body.get()))
        connect(slice, &SliceDevice::failed, this, &Transfer::onSourceFailed, Qt::QueuedConnection);
    m_body = std::make_unique<MeteredDevice>(std::move(body), m_pool.rateLimit(), m_request.pause);
    connect(m_body.get(), &MeteredDevice::heldUp, &m_inactivity, &QTimer::stop);
    connect(m_body.get(), &MeteredDevice::readyRead, this, &Transfer::touch);
    return {};
}

/// While it is this side that holds the bytes back, silence says nothing of the other.
void Transfer::touch() {
    const bool held = m_incoming.waiting() || (m_body && m_body->held());
    if (!m_done && !held && m_request.inactivity.count() > 0)
        m_inactivity.start();
}

void Transfer::readHead() {
    touch();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    m_answer.status = status;
    m_answer.headers.clear();
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        m_answer.headers.emplace_back(name, value);
}

void Transfer::takeBytes(bool all) {
    if (m_done || m_tooLarge || m_reply->bytesAvailable() == 0)
        return;
    readHead();
    const bool stream = m_streamed && m_answer.good();
    const auto most = stream            ? m_request.maxAnswer
                      : m_answer.good() ? std::min(m_request.maxAnswer, largeAnswer)
                                        : smallAnswer;
    while (m_reply->bytesAvailable() > 0) {
        const qint64 taken = stream ? takable(all) : readBuffer;
        if (taken == 0)
            return;
        QByteArray piece = m_reply->read(taken);
        m_received += static_cast<std::uint64_t>(piece.size());
        if (m_received > most) {
            m_tooLarge = true;
            m_reply->abort();
            return;
        }
        if (!stream) {
            m_answer.body += piece;
            continue;
        }
        const std::lock_guard lock(m_exchange->mutex);
        m_exchange->waiting += static_cast<std::size_t>(piece.size());
        m_exchange->pieces.push_back(std::move(piece));
        m_exchange->wake.notify_one();
    }
}

/// How many bytes of a streamed body may be handed on now. `all`: they have come, and nothing follows that could bring
/// the rest later.
qint64 Transfer::takable(bool all) {
    const qint64 here = std::min(m_reply->bytesAvailable(), readBuffer);
    if (all) {
        m_incoming.owe(static_cast<std::uint64_t>(here));
        return here;
    }
    {
        const std::lock_guard lock(m_exchange->mutex);
        if (m_exchange->waiting >= Exchange::room) {
            m_inactivity.stop(); // it is the calling thread that takes its time
            return 0;
        }
    }
    const auto taken = m_incoming.take(static_cast<std::uint64_t>(here));
    if (m_incoming.waiting())
        m_inactivity.stop();
    return static_cast<qint64>(taken);
}

void Transfer::resume() {
    if (m_done || !m_reply)
        return;
    touch();
    takeBytes(false);
}

void Transfer::goOn() {
    m_incoming.goOn();
    if (m_body)
        m_body->goOn();
}

void Transfer::onFinished() {
    if (m_done)
        return;
    if (m_learnedCa && !m_triedAgain) { // nothing was sent: the handshake failed
        m_triedAgain = true;
        delete m_reply.data(); // before begin() replaces the device that it reads
        return begin();
    }
    readHead();
    if (!m_timedOut)
        takeBytes(true);
    m_endedByItself = !m_timedOut && !m_tooLarge;
    finish(outcome());
}

Outcome<Answer> Transfer::outcome() {
    const auto error = m_reply->error();
    if (m_tooLarge)
        return fail({m_request.tooLarge, host()});
    if (m_timedOut || isTimeout(error))
        return fail({Code::NetworkTimeout, host()});
    if (isTls(error))
        return fail(tlsFailure(hostPort(m_request.url), m_tlsErrors, m_reply->errorString()));
    if (m_answer.status == 0 || !isAnswerWithStatus(error))
        return fail({Code::NetworkUnreachable, host()});
    if (m_answer.status >= 300 && m_answer.status < 400)
        return fail({Code::NetworkRedirect, host()});
    const auto length = m_answer.header("Content-Length");
    if (!length.isEmpty() && m_request.verb != "HEAD" && length.toULongLong() != m_received)
        return fail({Code::NetworkUnreachable, host()});
    return std::move(m_answer);
}

void Transfer::onSourceFailed() {
    const auto failure = static_cast<SliceDevice&>(m_body->body()).failure();
    finish(fail(failure)); // the reply goes with this, and with it its connection
}

void Transfer::stop() {
    if (m_reply && !m_done)
        m_reply->abort();
    finish(fail(Code::Cancelled));
}

void Transfer::finish(Outcome<Answer> end) {
    if (m_done)
        return;
    m_done = true;
    m_inactivity.stop();
    {
        const std::lock_guard lock(m_exchange->mutex);
        m_exchange->end = std::move(end);
        m_exchange->wake.notify_one();
    }
    m_pool.forget(this);
}

} // namespace sealwright::net
