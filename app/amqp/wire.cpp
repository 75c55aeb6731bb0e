#include "app/amqp/wire.h"

#include <amqp_framing.h>
#include <amqp_tcp_socket.h>

#include <sys/socket.h>

namespace sealwright::amqp {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds slice{100}; ///< between two looks at the Cancel
/// Less than this has not moved: heartbeats alone must not keep a wait alive.
constexpr std::uint64_t worthCounting = 4096;

timeval timeOf(std::chrono::milliseconds time) {
    return {static_cast<time_t>(time.count() / 1000), static_cast<suseconds_t>(time.count() % 1000 * 1000)};
}

bool isMethod(const amqp_frame_t& frame, amqp_method_number_t id) {
    return frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == id;
}

} // namespace

Wire::Wire(std::unique_ptr<net::Tunnel> tunnel, std::string host, Patience patience)
    : m_tunnel(std::move(tunnel)), m_host(std::move(host)), m_patience(patience), m_connection(amqp_new_connection()) {
    auto* socket = m_connection ? amqp_tcp_socket_new(m_connection) : nullptr;
    if (socket)
        amqp_tcp_socket_set_sockfd(socket, m_tunnel->release());
    m_alive = socket != nullptr;
}

Wire::~Wire() {
    if (m_alive) { // told, not waited for
        amqp_connection_close_t goodbye{AMQP_REPLY_SUCCESS, amqp_empty_bytes, 0, 0};
        (void)amqp_send_method(m_connection, 0, AMQP_CONNECTION_CLOSE_METHOD, &goodbye);
    }
    if (m_connection)
        amqp_destroy_connection(m_connection);
}

Failure Wire::broken(Failure why) {
    m_alive = false;
    return why;
}

Outcome<void> Wire::check(int status) {
    switch (status) {
    case AMQP_STATUS_OK:
        return {};
    case AMQP_STATUS_TIMEOUT:
    case AMQP_STATUS_HEARTBEAT_TIMEOUT:
        return fail(broken({Code::BrokerTimeout, {m_host}}));
    case AMQP_STATUS_CONNECTION_CLOSED:
    case AMQP_STATUS_SOCKET_ERROR:
    case AMQP_STATUS_SOCKET_CLOSED:
    case AMQP_STATUS_TCP_ERROR:
        return fail(broken({Code::BrokerUnreachable, {m_host}}));
    default:
        return fail(broken());
    }
}

Outcome<void> Wire::sendBytes(ByteView bytes) {
    const auto sent = ::send(amqp_get_sockfd(m_connection), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return check(sent == static_cast<ssize_t>(bytes.size()) ? AMQP_STATUS_OK : AMQP_STATUS_SOCKET_ERROR);
}

Failure Wire::closed(std::uint16_t code) {
    switch (code) {
    case AMQP_ACCESS_REFUSED:
    case AMQP_NOT_ALLOWED: // no such virtual host, or none of this user's
        return broken({Code::BrokerDenied, {m_host}});
    case AMQP_NOT_FOUND:
        return broken({Code::BrokerNoExchange, {m_host}});
    case AMQP_CONNECTION_FORCED: // its operator ends it
        return broken({Code::BrokerUnreachable, {m_host}});
    default:
        return broken({Code::BrokerFailed, {m_host, "AMQP " + std::to_string(code)}});
    }
}

/// Nothing for frames that are dealt with here.
Outcome<std::optional<amqp_frame_t>> Wire::judge(const amqp_frame_t& frame) {
    const void* decoded = frame.frame_type == AMQP_FRAME_METHOD ? frame.payload.method.decoded : nullptr;
    if (isMethod(frame, AMQP_CONNECTION_CLOSE_METHOD))
        return fail(closed(static_cast<const amqp_connection_close_t*>(decoded)->reply_code));
    if (isMethod(frame, AMQP_CHANNEL_CLOSE_METHOD))
        return fail(closed(static_cast<const amqp_channel_close_t*>(decoded)->reply_code));
    const bool blocks = isMethod(frame, AMQP_CONNECTION_BLOCKED_METHOD);
    if (blocks || isMethod(frame, AMQP_CONNECTION_UNBLOCKED_METHOD)) {
        m_blocked = blocks;
        return std::optional<amqp_frame_t>();
    }
    return std::optional(frame);
}

Outcome<std::optional<amqp_frame_t>> Wire::look(std::chrono::milliseconds wait) {
    if (!m_alive)
        return fail({Code::BrokerUnreachable, {m_host}});
    amqp_maybe_release_buffers(m_connection);
    amqp_frame_t frame;
    const auto time = timeOf(wait);
    const int status = amqp_simple_wait_frame_noblock(m_connection, &frame, &time);
    if (status == AMQP_STATUS_TIMEOUT)
        return std::optional<amqp_frame_t>();
    if (auto good = check(status); !good)
        return good.failed();
    return judge(frame);
}

Outcome<amqp_frame_t> Wire::next(const Cancel& cancel) {
    auto quietSince = Clock::now();
    auto sent = m_tunnel->sent();
    bool wasBlocked = m_blocked;
    for (;;) {
        if (cancel.cancelled())
            return fail(broken(Code::Cancelled));
        auto frame = look(slice);
        if (!frame)
            return frame.failed();
        if (*frame)
            return **frame;
        if (const auto now = m_tunnel->sent(); now >= sent + worthCounting || wasBlocked != m_blocked) {
            sent = now;
            wasBlocked = m_blocked;
            quietSince = Clock::now();
        }
        if (Clock::now() - quietSince >= (m_blocked ? m_patience.blocked : m_patience.answer))
            return fail(broken({m_blocked ? Code::BrokerBlocked : Code::BrokerTimeout, {m_host}}));
    }
}

Outcome<amqp_frame_t> Wire::next(amqp_method_number_t expected, const Cancel& cancel) {
    auto frame = next(cancel);
    if (frame && !isMethod(*frame, expected))
        return fail(broken());
    return frame;
}

Outcome<void> Wire::drain() {
    for (;;) {
        const bool wasBlocked = m_blocked;
        const auto frame = look(std::chrono::milliseconds(0));
        if (!frame)
            return frame.failed();
        if (*frame)
            return fail(broken()); // nothing was asked
        if (wasBlocked == m_blocked)
            return {};
    }
}

Outcome<void> Wire::untilUnblocked(const Cancel& cancel) {
    const auto since = Clock::now();
    while (m_blocked) {
        if (cancel.cancelled())
            return fail(broken(Code::Cancelled));
        const auto frame = look(slice);
        if (!frame)
            return frame.failed();
        if (*frame)
            return fail(broken());
        if (m_blocked && Clock::now() - since >= m_patience.blocked)
            return fail({Code::BrokerBlocked, {m_host}});
    }
    return {};
}

} // namespace sealwright::amqp
