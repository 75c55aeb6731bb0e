#pragma once
#include "app/net/http.h"
#include "app/net/metered_device.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QSslError>
#include <QTimer>

#include <memory>

namespace sealwright::net {

class AccessPool;
struct Exchange;

/// One request under way, on the network thread. Ends its exchange exactly once, then asks the pool to delete it.
class Transfer : public QObject {
    Q_OBJECT

public:
    /// A child of `pool`. `request` is copied without its callbacks.
    Transfer(AccessPool& pool, const Request& request, bool streamed, std::shared_ptr<Exchange> exchange);
    ~Transfer() override;

    void begin();
    void resume();                                                    ///< the calling thread has taken pieces
    void goOn();                                                      ///< the pause was turned off
    void stop();                                                      ///< ends with Cancelled
    bool lasting() const { return m_streamed || m_request.openBody; } ///< its body may take long
    QByteArray place() const;                                         ///< whom it connects to, under which trust
    bool isFor(const std::shared_ptr<Exchange>& exchange) const { return m_exchange == exchange; }

private:
    QNetworkRequest networkRequest();
    void wipeSecrets();
    QNetworkReply* send(const QNetworkRequest& request);
    void readHead();
    Outcome<void> openBody();
    void takeBytes(bool all);
    qint64 takable(bool all);
    void onFinished();
    void onSourceFailed();
    void touch(); ///< something moved, or may move again: the inactivity timer starts anew
    Outcome<Answer> outcome();
    void finish(Outcome<Answer> end);
    std::vector<std::string> host() const;

    AccessPool& m_pool;
    Request m_request;
    std::vector<QByteArray> m_secrets; ///< shared with Qt's request
    const bool m_streamed;
    std::shared_ptr<Exchange> m_exchange;
    RateLimit::Flow m_incoming; ///< of a streamed body
    std::unique_ptr<MeteredDevice> m_body;
    QPointer<QNetworkReply> m_reply; ///< a child of its manager
    QTimer m_inactivity;
    QList<QSslError> m_tlsErrors;
    Answer m_answer;
    std::uint64_t m_received = 0;
    bool m_tooLarge = false, m_timedOut = false, m_learnedCa = false, m_triedAgain = false, m_done = false;
    bool m_endedByItself = false; ///< not aborted from here
};

} // namespace sealwright::net
