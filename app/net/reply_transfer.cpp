#include "app/net/reply_transfer.h"

#include "app/base/wipe.h"
#include "app/net/access_pool.h"
#include "app/net/authority.h"
#include "app/net/exchange.h"
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

ReplyTransfer::ReplyTransfer(AccessPool& pool, const Request& request, bool streamed,
                             std::shared_ptr<Exchange> exchange)
    : Transfer(pool, request, streamed, std::move(exchange)),
      m_streamed(streamed),
      m_incoming(pool.rateLimit(), request.pause, [this] { resume(); }) {}

ReplyTransfer::~ReplyTransfer() {
    delete m_reply.data();
    wipeSecrets();
}

void ReplyTransfer::wipeSecrets() {
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

QNetworkRequest ReplyTransfer::networkRequest() {
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
    if (!m_request.body.isEmpty())
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

QNetworkReply* ReplyTransfer::send(const QNetworkRequest& request) {
    auto* manager = m_pool.managerFor(m_request.trust, lasting());
    if (!manager)
        return nullptr;
    const auto& verb = m_request.verb;
    if (verb == "HEAD") // as a custom verb Qt would wait for a body
        return manager->head(request);
    if (verb == "GET" && m_request.body.isEmpty())
        return manager->get(request);
    if (verb == "PUT")
        return manager->put(request, m_request.body);
    if (verb == "POST")
        return manager->post(request, m_request.body);
    return manager->sendCustomRequest(request, verb, m_request.body);
}

void ReplyTransfer::begin() {
    m_answer = {};
    m_received = 0;
    m_tlsErrors.clear();
    m_reply = send(networkRequest());
    if (!m_reply)
        return finish(fail({Code::NetworkTlsUnknownCa, host()}));
    m_reply->setReadBufferSize(m_streamed && m_pool.rateLimit().rate() > 0 ? limitedReadBuffer : readBuffer);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &ReplyTransfer::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        touch();
        takeBytes(false);
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64 total) {
        touch();
        if (total <= 0) // Qt ends with a stray (0, 0)
            return;
        tellSent(static_cast<std::uint64_t>(sent));
    });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        const auto chain = m_reply->sslConfiguration().peerCertificateChain();
        m_tlsErrors = errors;
        m_learnedCa = m_learnedCa || m_pool.learn(m_request.trust, chain, errors);
    });
    // Queued: the reply must not go while it is still telling that it is finished.
    connect(m_reply, &QNetworkReply::finished, this, &ReplyTransfer::onFinished, Qt::QueuedConnection);
    touch();
}

void ReplyTransfer::readHead() {
    touch();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    m_answer.status = status;
    m_answer.headers.clear();
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        m_answer.headers.emplace_back(name, value);
}

void ReplyTransfer::takeBytes(bool all) {
    if (isDone() || m_tooLarge || m_reply->bytesAvailable() == 0)
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
qint64 ReplyTransfer::takable(bool all) {
    const qint64 here = std::min(m_reply->bytesAvailable(), readBuffer);
    if (all) {
        m_incoming.owe(static_cast<std::uint64_t>(here));
        return here;
    }
    {
        const std::lock_guard lock(m_exchange->mutex);
        if (m_exchange->waiting >= Exchange::room) {
            pauseInactivity(); // it is the calling thread that takes its time
            return 0;
        }
    }
    const auto taken = m_incoming.take(static_cast<std::uint64_t>(here));
    if (m_incoming.waiting())
        pauseInactivity();
    return static_cast<qint64>(taken);
}

void ReplyTransfer::resume() {
    if (isDone() || !m_reply)
        return;
    touch();
    takeBytes(false);
}

void ReplyTransfer::goOn() {
    m_incoming.goOn();
}

void ReplyTransfer::onFinished() {
    if (isDone())
        return;
    if (m_learnedCa && !m_triedAgain) { // nothing was sent: the handshake failed
        m_triedAgain = true;
        delete m_reply.data();
        return begin();
    }
    readHead();
    takeBytes(true);
    m_endedByItself = !m_tooLarge;
    finish(outcome());
}

Outcome<Answer> ReplyTransfer::outcome() {
    const auto error = m_reply->error();
    if (m_tooLarge)
        return fail({m_request.tooLarge, host()});
    if (isTimeout(error))
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

void ReplyTransfer::letGo() {
    if (m_reply)
        m_reply->abort();
}

} // namespace sealwright::net
