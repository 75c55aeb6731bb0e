#include "app/net/tunnel.h"

#include "app/net/access_pool.h"
#include "app/net/authority.h"
#include "app/net/network_thread.h"
#include "app/net/tunnel_end.h"

#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sealwright::net {

Tunnel::Tunnel(int descriptor, std::shared_ptr<const std::atomic<std::uint64_t>> sent)
    : m_descriptor(descriptor), m_sent(std::move(sent)) {}

Tunnel::~Tunnel() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

int Tunnel::release() {
    return std::exchange(m_descriptor, -1);
}

Outcome<std::unique_ptr<Tunnel>> NetworkThread::open(const Remote& remote, std::chrono::milliseconds patience,
                                                     const Cancel& cancel) {
    if (!remote.tls && !isLoopback(QString::fromStdString(remote.host)))
        return fail({Code::NetworkPlainHttp, {remote.host}});
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return fail({Code::NetworkUnreachable, {remote.host}});
    const auto opening = std::make_shared<TunnelOpening>();
    std::unique_ptr<Tunnel> tunnel(new Tunnel(ends[0], opening->sent));
    const auto subscription = cancel.onCancel([opening] {
        const std::lock_guard lock(opening->mutex);
        opening->cancelled = true;
        opening->wake.notify_one();
    });
    m_pool->post([pool = m_pool.get(), remote, descriptor = ends[1], opening] {
        (new TunnelEnd(*pool, remote, descriptor, opening))->begin();
    });
    std::unique_lock lock(opening->mutex);
    const bool answered = opening->wake.wait_for(lock, patience, [&] { return opening->opened || opening->cancelled; });
    if (opening->cancelled)
        return fail(Code::Cancelled);
    if (!answered)
        return fail({Code::NetworkTimeout, {remote.host + ':' + std::to_string(remote.port)}});
    if (!*opening->opened)
        return opening->opened->failed();
    return tunnel;
}

} // namespace sealwright::net
