#pragma once
#include "app/net/http.h"
#include "app/net/tunnel.h"

#include <QThread>

#include <memory>

namespace sealwright::net {

class AccessPool;

/// One thread with an event loop that does all network I/O of the program. Needs a QCoreApplication. Tasks on any other
/// thread hand it a call and sleep until it is answered; no event loop runs inside theirs.
class NetworkThread {
public:
    NetworkThread();
    /// Ends what is under way (those calls fail with Cancelled) and joins the thread.
    ~NetworkThread();
    NetworkThread(const NetworkThread&) = delete;
    NetworkThread& operator=(const NetworkThread&) = delete;

    /// Carries out one request and gives the answer, whatever its status but 3xx. Safe on many threads at once; up to
    /// bodiesToAHost whose bodies may take long run side by side to one, and six others; never on the GUI
    /// thread or this one. Nothing of `request` is called after it returned.
    ///
    /// Redirects are never followed. A request may silently be sent twice where a kept connection broke before an
    /// answer: what changes something needs an idempotency key or must be repeatable. No retries beyond that, no
    /// cookies, no cache, HTTP/1.1.
    ///
    /// Fails with NetworkPlainHttp, NetworkUnreachable, NetworkTimeout, NetworkTls and its kinds (tls_failure.h),
    /// NetworkRedirect (facts: host), request.tooLarge, what onBody failed with, Cancelled (at once).
    Outcome<Answer> call(const Request& request, const Cancel& cancel);

    /// Opens a tunnel: connected, and with TLS the server's certificate judged, when this returns. On any thread but
    /// the GUI's and this one. Fails with NetworkPlainHttp, NetworkUnreachable, NetworkTimeout (after `patience`),
    /// NetworkTls and its kinds (facts: host), Cancelled (at once).
    Outcome<std::unique_ptr<Tunnel>> open(const Remote& remote, std::chrono::milliseconds patience,
                                          const Cancel& cancel);

    /// Most bytes a second that all bodies given as devices or taken in pieces (Request::openBody, onBody) go at
    /// together, from now on, those under way included; 0: no limit. Waiting for it is no inactivity. From any thread.
    void setRate(std::uint64_t bytesPerSecond);
    std::uint64_t rate() const;    ///< that limit
    std::uint64_t metered() const; ///< body bytes that went while there was one

private:
    QThread m_thread;
    std::shared_ptr<AccessPool> m_pool;
};

} // namespace sealwright::net
