#pragma once
#include "app/net/http.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace sealwright::net {

class AccessPool;
struct Exchange;

/// One request under way, on the network thread. Ends its exchange exactly once, then asks the pool to delete it. How
/// it goes out is for those who derive: reply_transfer.h, body_transfer.h.
class Transfer : public QObject {
    Q_OBJECT

public:
    virtual void begin() = 0;
    virtual void resume() {}                   ///< the calling thread has taken pieces
    virtual void goOn() = 0;                   ///< the pause was turned off
    void stop();                               ///< ends with Cancelled
    bool lasting() const { return m_lasting; } ///< its body may take long
    QByteArray place() const;                  ///< whom it connects to, under which trust
    bool isFor(const std::shared_ptr<Exchange>& exchange) const { return m_exchange == exchange; }

protected:
    /// A child of `pool`. `request` is copied without its callbacks; `streamed`: it had an onBody.
    Transfer(AccessPool& pool, const Request& request, bool streamed, std::shared_ptr<Exchange> exchange);

    /// Breaks the connection off, as nobody waits for it any more.
    virtual void letGo() = 0;
    /// Is it this side that holds the bytes back? Silence says nothing of the other then.
    virtual bool held() const = 0;

    void touch();           ///< something moved, or may move again: the time without a byte starts anew
    void pauseInactivity(); ///< that time is not counted, until touch()
    void tellSent(std::uint64_t bytes);
    void finish(Outcome<Answer> end);
    bool isDone() const { return m_done; }
    std::vector<std::string> host() const; ///< as facts of a failure

    AccessPool& m_pool;
    Request m_request;
    const std::shared_ptr<Exchange> m_exchange;

private:
    const bool m_lasting;
    QTimer m_inactivity;
    bool m_done = false;
};

} // namespace sealwright::net
