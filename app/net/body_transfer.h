#pragma once
#include "app/net/answer_reader.h"
#include "app/net/metered_device.h"
#include "app/net/transfer.h"

namespace sealwright::net {

class Connection;

/// A request whose body is a device, on a connection of our own. Qt's HTTP takes such a body in pieces of 16 KiB, each
/// handed from one thread to another and back; here it goes in large ones from the source to the system. The answer is
/// read while the body is sent: a server that says no before it has all of it is understood, where the system has its
/// answer yet.
class BodyTransfer : public Transfer {
    Q_OBJECT

public:
    BodyTransfer(AccessPool& pool, const Request& request, std::shared_ptr<Exchange> exchange);
    ~BodyTransfer() override;

    void begin() override;
    void goOn() override;

protected:
    void letGo() override;
    bool held() const override { return m_body && m_body->held(); }

private:
    Outcome<void> openBody();
    void connectAnew();
    void attach(Connection* connection);
    void sendHead();
    void pump();
    void onMoved();
    void onReadable();
    void onOver();
    void onSourceFailed();
    void endIfAnswered(bool kept);
    Outcome<Answer> outcome(bool whole);

    QByteArray m_head; ///< holds secrets
    std::unique_ptr<MeteredDevice> m_body;
    Connection* m_connection = nullptr; ///< a child of this
    AnswerReader m_reader;
    bool m_reused = false; ///< the connection has carried another request before
};

} // namespace sealwright::net
