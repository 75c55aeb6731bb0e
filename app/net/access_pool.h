#pragma once
#include "app/net/http.h"
#include "app/net/rate_limit.h"

#include <QHash>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace sealwright::net {

struct Exchange;
class KeptConnections;
class Transfer;

/// The network thread's side: QNetworkAccessManagers of each trust, so that a connection made under one is never used
/// under another, and the transfers under way. Bodies that may take long have connections of their own, so that small
/// calls never wait behind them, and wait here where a host's are all taken: a call that Qt keeps waiting could not be
/// told from one that hangs. Lives on the network thread.
class AccessPool : public QObject {
    Q_OBJECT

public:
    AccessPool();
    ~AccessPool() override;
    /// Has the network thread carry `work` out, in the order of the calls. From any thread. The list is guarded by a
    /// mutex of ours, not by Qt's event queue alone, whose locks ThreadSanitizer does not see.
    void post(std::function<void()> work);

    /// For all bodies of all transfers.
    RateLimit& rateLimit() { return *m_rateLimit; }

    // The rest is for the network thread alone.

    void start(const Request& request, bool streamed, std::shared_ptr<Exchange> exchange);
    /// The caller has left, or has taken pieces: all find the transfer by its exchange, which may be gone.
    void abandon(const std::shared_ptr<Exchange>& exchange);
    void resume(const std::shared_ptr<Exchange>& exchange);
    void goOn(const std::shared_ptr<Exchange>& exchange); ///< its pause was turned off
    /// Ends all transfers and tunnels with Cancelled.
    void close();

    /// Nothing where `trust` names a CA that is not there. `lasting`: for a body that may take long.
    QNetworkAccessManager* managerFor(const Trust& trust, bool lasting);
    /// False where `trust` names a CA that is not there.
    bool knows(const Trust& trust) const { return authoritiesOf(trust).has_value(); }
    QSslConfiguration tlsFor(const Trust& trust) const;
    /// A server whose CA is pinned by hash alone sends it in its chain: keeps it if it is the one. True where it is
    /// new.
    bool learn(const Trust& trust, const QList<QSslCertificate>& chain, const QList<QSslError>& errors);
    void forget(Transfer* transfer);
    KeptConnections& keptConnections() { return *m_kept; } ///< of transfers that do without Qt's HTTP

private:
    void admit();
    Q_INVOKABLE void carryOut();
    std::optional<QList<QSslCertificate>> authoritiesOf(const Trust& trust) const;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted;
    QHash<QByteArray, QNetworkAccessManager*> m_managers; ///< children of this
    QHash<QByteArray, QSslCertificate> m_learned;         ///< by the hash that pins them
    QList<Transfer*> m_transfers;                         ///< children of this
    QList<Transfer*> m_waiting;                           ///< for a connection, longest first
    QHash<QByteArray, unsigned> m_lasting;                ///< bodies under way, by place
    KeptConnections* const m_kept;                        ///< a child of this
    RateLimit* const m_rateLimit = new RateLimit(this);   ///< a child of this
};

} // namespace sealwright::net
