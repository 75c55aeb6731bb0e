#pragma once
#include "app/net/http.h"

#include <atomic>
#include <cstdint>
#include <memory>

namespace sealwright::net {

/// Where a tunnel leads, and whom it trusts there. Without TLS it leads to loopback alone.
struct Remote {
    std::string host; ///< name or address, without brackets
    std::uint16_t port = 0;
    bool tls = true;
    Trust trust;
};

/// A byte stream to a server, TLS 1.2 or newer around it, for libraries that want a file descriptor to speak through:
/// the network thread carries what goes through it, so that trust is judged where it is for all other calls. What is
/// written is taken without waiting for the server; it is held in memory until it goes. When the server or the
/// NetworkThread goes, the descriptor reads its end. NetworkThread::open() makes one.
class Tunnel {
public:
    ~Tunnel(); ///< what was written before is still sent, for some seconds
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// Non-blocking. The caller's from now on, who closes it; asked for once.
    int release();
    /// Bytes that have gone out to the server so far. Any thread.
    std::uint64_t sent() const { return *m_sent; }

private:
    friend class NetworkThread;
    Tunnel(int descriptor, std::shared_ptr<const std::atomic<std::uint64_t>> sent);

    int m_descriptor;
    std::shared_ptr<const std::atomic<std::uint64_t>> m_sent;
};

} // namespace sealwright::net
