#include "tests/platform/core/http_front.h"

#include <QFile>
#include <QHttpServerResponse>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <cstdio>

namespace sealwright::platform {

namespace {

const char* verbOf(QHttpServerRequest::Method method) {
    using Method = QHttpServerRequest::Method;
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Put:
        return "PUT";
    case Method::Post:
        return "POST";
    case Method::Delete:
        return "DELETE";
    case Method::Patch:
        return "PATCH";
    default:
        return "OTHER";
    }
}

std::string bearerIn(const QByteArray& authorization) {
    return authorization.startsWith("Bearer ") ? authorization.mid(7).toStdString() : std::string();
}

} // namespace

HttpFront::HttpFront(Answer answer) : m_answer(std::move(answer)) {
    m_server.setMissingHandler([this](const QHttpServerRequest& request, QHttpServerResponder&& responder) {
        handle(request, std::move(responder));
    });
}

bool HttpFront::useTls(const std::string& certificateFile, const std::string& keyFile) {
    const auto chain = QSslCertificate::fromPath(QString::fromStdString(certificateFile), QSsl::Pem);
    QFile file(QString::fromStdString(keyFile));
    if (chain.isEmpty() || !file.open(QIODevice::ReadOnly))
        return false;
    const auto pem = file.readAll();
    QSslKey key(pem, QSsl::Rsa);
    if (key.isNull())
        key = QSslKey(pem, QSsl::Ec);
    if (key.isNull())
        return false;
    QSslConfiguration tls;
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(key);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.sslSetup(tls);
    return true;
}

std::uint16_t HttpFront::listen(const std::string& address, std::uint16_t port) {
    return m_server.listen(QHostAddress(QString::fromStdString(address)), port);
}

void HttpFront::handle(const QHttpServerRequest& request, QHttpServerResponder&& responder) {
    const Incoming call{verbOf(request.method()), request.url().path().toStdString(),
                        bearerIn(request.value("Authorization")), request.value("Idempotency-Key").toStdString(),
                        request.body().toStdString()};
    const auto reply = m_answer(call);
    std::fprintf(stderr, "%s %s %d\n", call.verb.c_str(), call.path.c_str(), reply.status);
    if (reply.status == 0) { // a test asked for silence: the connection ends without an answer
        responder.socket()->abort();
        return;
    }
    const QByteArray type = reply.good() ? "application/json" : "application/problem+json";
    QHttpServerResponse response(type, QByteArray::fromStdString(crypto::writeControlJson(reply.body)),
                                 static_cast<QHttpServerResponse::StatusCode>(reply.status));
    if (reply.retryAfter)
        response.addHeader("Retry-After", QByteArray::number(*reply.retryAfter));
    response.write(std::move(responder));
}

} // namespace sealwright::platform
