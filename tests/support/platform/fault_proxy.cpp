#include "tests/support/platform/fault_proxy.h"

#include "tests/support/platform/loopback.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sealwright::test {

namespace {

constexpr int tick = 20; ///< milliseconds between looks at what others have told a connection

bool sendAll(int descriptor, const char* bytes, std::size_t size, const std::atomic<bool>& stop) {
    while (size > 0) {
        pollfd waiting{descriptor, POLLOUT, 0};
        if (stop)
            return false;
        if (::poll(&waiting, 1, tick) <= 0)
            continue;
        const auto sent = ::send(descriptor, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0)
            return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

std::uint64_t contentLength(const std::string& head) {
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto at = lower.find("\r\ncontent-length: ");
    return at == std::string::npos ? 0 : std::stoull(lower.substr(at + 18));
}

bool matches(const FaultProxy::Rule& rule, const std::string& line) {
    std::size_t from = 0;
    for (const std::string& text : rule.line) {
        from = line.find(text, from);
        if (from == std::string::npos)
            return false;
        from += text.size();
    }
    return true;
}

} // namespace

/// One client's, and where it is in its requests.
struct FaultProxy::Connection {
    int client = -1, server = -1;
    std::string head;           ///< of the request that is coming in
    std::uint64_t bodyLeft = 0; ///< of the request whose head is in
    std::uint64_t passed = 0;   ///< of its body
    std::uint64_t answered = 0; ///< of its answer
    std::optional<Rule> rule;   ///< that strikes at it
    int releases = 0;           ///< seen when it was held
    bool held = false;
};

FaultProxy::FaultProxy(const std::string& target, Speaks speaks) : m_speaks(speaks) {
    m_targetPort = std::stoi(target.substr(target.rfind(':') + 1));
    m_listener = listenOnLoopback(m_port);
    m_thread = std::thread([this] { serve(); });
}

FaultProxy::~FaultProxy() {
    m_stop = true;
    m_thread.join();
    for (auto& relay : m_relays)
        relay.join();
    ::close(m_listener);
}

void FaultProxy::add(Rule rule) {
    const std::lock_guard lock(m_mutex);
    m_rules.push_back(std::move(rule));
}

void FaultProxy::clear() {
    const std::lock_guard lock(m_mutex);
    m_rules.clear();
}

void FaultProxy::release() {
    ++m_releases;
}

std::vector<std::string> FaultProxy::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void FaultProxy::reset() {
    const std::lock_guard lock(m_mutex);
    m_requests.clear();
    m_sent = 0;
    m_struck = 0;
}

void FaultProxy::serve() {
    while (!m_stop) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, tick) <= 0)
            continue;
        const int client =
            ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC); // programs that tests start keep none open
        if (client < 0)
            continue;
        m_relays.emplace_back([this, client] {
            Connection connection;
            connection.client = client;
            connection.server = connectToLoopback(m_targetPort);
            if (m_speaks == Speaks::Bytes)
                onHead(connection, {});
            if (connection.server >= 0)
                relay(connection);
            if (connection.held)
                --m_holding;
            ::close(client);
            if (connection.server >= 0)
                ::close(connection.server);
        });
    }
}

void FaultProxy::relay(Connection& connection) {
    while (!m_stop) {
        if (connection.held && connection.releases != m_releases) {
            connection.held = false;
            connection.rule.reset();
            --m_holding;
        }
        // One that is held is still looked at, so that a client that went is noticed.
        const short wanted = connection.held ? POLLRDHUP : POLLIN | POLLRDHUP;
        pollfd ends[2] = {{connection.client, wanted, 0}, {connection.server, POLLIN, 0}};
        if (::poll(ends, 2, tick) <= 0)
            continue;
        if (connection.held && (ends[0].revents & (POLLRDHUP | POLLHUP | POLLERR)))
            return;
        if ((ends[1].revents & (POLLIN | POLLHUP)) && !fromServer(connection))
            return;
        if (!connection.held && (ends[0].revents & (POLLIN | POLLHUP)) && !fromClient(connection))
            return;
    }
}

/// False where the connection has to end.
bool FaultProxy::fromClient(Connection& connection) {
    char buffer[65536];
    // A rule that counts has its bytes counted exactly.
    std::size_t most = sizeof buffer;
    const bool counting =
        connection.rule && (connection.rule->fault == Fault::CutRequest || connection.rule->fault == Fault::Hold);
    if (connection.bodyLeft == 0)
        most = 1; // a head, which ends where it ends
    else
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, connection.bodyLeft));
    if (counting && connection.bodyLeft > 0) {
        if (connection.passed >= connection.rule->bytes) {
            ++m_struck;
            if (connection.rule->fault == Fault::CutRequest)
                return false;
            connection.held = true;
            connection.releases = m_releases;
            ++m_holding;
            return true;
        }
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, connection.rule->bytes - connection.passed));
    }
    const auto got = ::recv(connection.client, buffer, most, 0);
    if (got <= 0)
        return false;
    const auto size = static_cast<std::size_t>(got);
    m_sent += size;
    if (connection.bodyLeft > 0) {
        if (connection.rule && connection.rule->fault == Fault::AlterRequest &&
            connection.rule->bytes >= connection.passed && connection.rule->bytes < connection.passed + size) {
            ++m_struck;
            buffer[connection.rule->bytes - connection.passed] ^= 1;
        }
        if (!sendAll(connection.server, buffer, size, m_stop))
            return false;
        connection.bodyLeft -= size;
        connection.passed += size;
        return true;
    }
    connection.head.append(buffer, size);
    if (connection.head.size() < 4 || connection.head.compare(connection.head.size() - 4, 4, "\r\n\r\n") != 0)
        return true;
    const std::string head = std::move(connection.head);
    connection.head.clear();
    onHead(connection, head);
    return sendAll(connection.server, head.data(), head.size(), m_stop);
}

void FaultProxy::onHead(Connection& connection, const std::string& head) {
    const std::string line = head.substr(0, head.find("\r\n"));
    connection.bodyLeft = m_speaks == Speaks::Bytes ? std::numeric_limits<std::uint64_t>::max() : contentLength(head);
    connection.passed = 0;
    connection.answered = 0;
    connection.rule.reset();
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(line);
    for (Rule& rule : m_rules) {
        if (rule.times <= 0 || !matches(rule, line))
            continue;
        --rule.times;
        connection.rule = rule;
        return;
    }
}

/// Until then, or until all is let go.
void FaultProxy::wait(std::chrono::milliseconds howLong) const {
    const int releases = m_releases;
    const auto until = std::chrono::steady_clock::now() + howLong;
    while (!m_stop && m_releases == releases && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(tick));
}

bool FaultProxy::fromServer(Connection& connection) {
    char buffer[65536];
    std::size_t most = sizeof buffer;
    if (connection.rule && connection.rule->fault == Fault::DelayAnswer) {
        ++m_struck;
        wait(connection.rule->delay);
        connection.rule.reset();
    }
    if (connection.rule && connection.rule->fault == Fault::CutAnswer) {
        if (connection.answered >= connection.rule->bytes) {
            ++m_struck;
            return false;
        }
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, connection.rule->bytes - connection.answered));
    }
    const auto got = ::recv(connection.server, buffer, most, 0);
    if (got <= 0)
        return false;
    if (connection.rule && connection.rule->fault == Fault::DropAnswer && connection.bodyLeft == 0) {
        ++m_struck;
        return false;
    }
    std::string piece(buffer, static_cast<std::size_t>(got));
    if (connection.rule && connection.rule->fault == Fault::OtherAnswer && connection.bodyLeft == 0) {
        ++m_struck;
        (void)sendAll(connection.client, connection.rule->answer.data(), connection.rule->answer.size(), m_stop);
        return false;
    }
    if (connection.rule && connection.rule->fault == Fault::EditAnswer) {
        m_struck += connection.answered == 0;
        connection.rule->edit(piece, connection.answered);
    }
    connection.answered += static_cast<std::size_t>(got);
    return sendAll(connection.client, piece.data(), piece.size(), m_stop);
}

} // namespace sealwright::test
