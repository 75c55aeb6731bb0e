#pragma once
#include "app/net/tunnel.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <mutex>
#include <optional>

class QSocketNotifier;

namespace sealwright::net {

class AccessPool;
class Connection;

/// Where a calling thread and the network thread meet while a tunnel is opened.
struct TunnelOpening {
    std::mutex mutex; ///< guards the next three
    std::condition_variable wake;
    std::optional<Outcome<void>> opened; ///< set once, by the network thread
    bool cancelled = false;

    const std::shared_ptr<std::atomic<std::uint64_t>> sent = std::make_shared<std::atomic<std::uint64_t>>(0);
};

/// The network thread's end of a tunnel: a socket to the server, and one to the calling thread. A child of the pool;
/// goes when either side has gone.
class TunnelEnd : public QObject {
    Q_OBJECT

public:
    /// Owns `descriptor`, which is non-blocking.
    TunnelEnd(AccessPool& pool, const Remote& remote, int descriptor, std::shared_ptr<TunnelOpening> opening);
    ~TunnelEnd() override;

    void begin();

private:
    void onOver();
    void fromCaller();
    void fromServer();
    void toCaller();
    void finish(Outcome<void> opened);

    int m_descriptor;
    std::shared_ptr<TunnelOpening> m_opening;
    Connection* m_connection;                 ///< a child of this
    QSocketNotifier *m_readable, *m_writable; ///< of the descriptor
    QByteArray m_waiting;                     ///< for the calling thread
    QTimer m_goodbye;                         ///< ends what the server does not take
    bool m_callerGone = false, m_done = false;
};

} // namespace sealwright::net
