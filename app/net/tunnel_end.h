#pragma once
#include "app/net/tunnel.h"

#include <QObject>
#include <QSslError>
#include <QTimer>

#include <condition_variable>
#include <mutex>
#include <optional>

class QSocketNotifier;
class QSslSocket;

namespace sealwright::net {

class AccessPool;

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
    TunnelEnd(AccessPool& pool, Remote remote, int descriptor, std::shared_ptr<TunnelOpening> opening);
    ~TunnelEnd() override;

    void begin();

private:
    void connectToServer();
    void onOver();
    void fromCaller();
    void fromServer();
    void toCaller();
    void finish(Outcome<void> opened);
    std::string host() const;

    AccessPool& m_pool;
    const Remote m_remote;
    int m_descriptor;
    std::shared_ptr<TunnelOpening> m_opening;
    QSslSocket* m_socket = nullptr;
    QSocketNotifier *m_readable, *m_writable; ///< of the descriptor
    QList<QSslError> m_tlsErrors;
    QByteArray m_waiting; ///< for the calling thread
    QTimer m_goodbye;     ///< ends what the server does not take
    bool m_learnedCa = false, m_triedAgain = false, m_callerGone = false, m_done = false;
};

} // namespace sealwright::net
