#pragma once
#include "app/net/rate_limit.h"
#include "app/net/transfer.h"

#include <QNetworkReply>
#include <QPointer>
#include <QSslError>

namespace sealwright::net {

/// A request that Qt carries out: any but those whose body is a device. See body_transfer.h for those.
class ReplyTransfer : public Transfer {
    Q_OBJECT

public:
    ReplyTransfer(AccessPool& pool, const Request& request, bool streamed, std::shared_ptr<Exchange> exchange);
    ~ReplyTransfer() override;

    void begin() override;
    void resume() override;
    void goOn() override;

protected:
    void letGo() override;
    bool held() const override { return m_incoming.waiting(); }

private:
    QNetworkRequest networkRequest();
    void wipeSecrets();
    QNetworkReply* send(const QNetworkRequest& request);
    void readHead();
    void takeBytes(bool all);
    qint64 takable(bool all);
    void onFinished();
    Outcome<Answer> outcome();

    std::vector<QByteArray> m_secrets; ///< shared with Qt's request
    const bool m_streamed;
    RateLimit::Flow m_incoming;      ///< of a streamed body
    QPointer<QNetworkReply> m_reply; ///< a child of its manager
    QList<QSslError> m_tlsErrors;
    Answer m_answer;
    std::uint64_t m_received = 0;
    bool m_tooLarge = false, m_learnedCa = false, m_triedAgain = false;
    bool m_endedByItself = false; ///< not aborted from here
};

} // namespace sealwright::net
