#include "tests/support/platform/scripted_server.h"

#include "tests/support/platform/loopback.h"

#include <algorithm>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sealwright::test {

namespace {

/// False once there is nothing to wait for: `stop` is looked at ten times a second.
bool comes(int descriptor, short events, const std::atomic<bool>& stop) {
    while (!stop) {
        pollfd waiting{descriptor, events, 0};
        if (::poll(&waiting, 1, 100) > 0)
            return true;
    }
    return false;
}

} // namespace

std::size_t lengthNamedIn(const std::string& head) {
    const std::string name = "Content-Length: ";
    const auto at = head.find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

bool ScriptedServer::Wire::fill() {
    char buffer[65536];
    if (!comes(m_descriptor, POLLIN, m_server.m_stop))
        return false;
    const auto got = ::recv(m_descriptor, buffer, sizeof buffer, 0);
    if (got > 0)
        m_read.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
}

std::string ScriptedServer::Wire::head() {
    for (;;) {
        if (const auto end = m_read.find("\r\n\r\n"); end != std::string::npos) {
            std::string head = m_read.substr(0, end + 4);
            m_read.erase(0, end + 4);
            return head;
        }
        if (!fill())
            return {};
    }
}

std::string ScriptedServer::Wire::body(std::size_t length) {
    while (m_read.size() < length && fill()) {
    }
    std::string body = m_read.substr(0, length);
    m_read.erase(0, body.size());
    return body;
}

void ScriptedServer::Wire::say(const std::string& bytes) {
    for (std::size_t said = 0; said < bytes.size() && comes(m_descriptor, POLLOUT, m_server.m_stop);) {
        const auto count = ::send(m_descriptor, bytes.data() + said, bytes.size() - said, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count <= 0)
            return;
        said += static_cast<std::size_t>(count);
    }
}

void ScriptedServer::Wire::relayTo(int port, std::size_t most) {
    const int other = connectToLoopback(port);
    if (other < 0)
        return;
    std::vector<char> buffer(65536);
    const auto carry = [&buffer](int from, int to, std::size_t room) {
        const auto got = ::recv(from, buffer.data(), std::min(buffer.size(), room), 0);
        for (ssize_t gone = 0; gone < got;) {
            const auto count = ::send(to, buffer.data() + gone, static_cast<std::size_t>(got - gone), MSG_NOSIGNAL);
            if (count <= 0)
                return ssize_t{-1};
            gone += count;
        }
        return got;
    };
    std::size_t carried = 0;
    for (bool open = true; open && !m_server.m_stop;) {
        pollfd both[]{{m_descriptor, static_cast<short>(carried < most ? POLLIN : POLLRDHUP), 0}, {other, POLLIN, 0}};
        if (::poll(both, 2, 100) <= 0)
            continue;
        if (both[0].revents != 0) {
            const auto count = carried < most ? carry(m_descriptor, other, most - carried) : -1;
            open = count > 0;
            carried += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        }
        if (open && both[1].revents != 0)
            open = carry(other, m_descriptor, SIZE_MAX) > 0;
    }
    ::close(other);
}

void ScriptedServer::Wire::sayNoMore() {
    ::shutdown(m_descriptor, SHUT_WR);
}

void ScriptedServer::Wire::rest() {
    comes(m_descriptor, POLLRDHUP, m_server.m_stop);
}

ScriptedServer::ScriptedServer(std::function<void(Wire&)> script) : m_script(std::move(script)) {
    m_listener = listenOnLoopback(m_port);
    m_thread = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
    m_stop = true;
    m_thread.join();
    for (auto& wire : m_wires)
        wire.join();
    ::close(m_listener);
}

void ScriptedServer::serve() {
    while (comes(m_listener, POLLIN, m_stop))
        if (const int descriptor = ::accept(m_listener, nullptr, nullptr); descriptor >= 0)
            m_wires.emplace_back([this, descriptor, number = m_connections++] {
                Wire wire(*this, descriptor, number);
                m_script(wire);
                ::close(descriptor);
            });
}

} // namespace sealwright::test
