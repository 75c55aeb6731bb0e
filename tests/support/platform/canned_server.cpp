#include "tests/support/platform/canned_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sealwright::test {

namespace {

std::size_t contentLength(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

/// False once there is nothing to wait for: `stop` is looked at ten times a second.
bool readable(int descriptor, const std::atomic<bool>& stop) {
    while (!stop) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, 100) > 0)
            return true;
    }
    return false;
}

/// Empty where the client leaves without a word: one that keeps spare connections does.
std::string readRequest(int connection, const std::atomic<bool>& stop) {
    std::string request;
    char buffer[65536];
    while (readable(connection, stop)) {
        const auto got = ::read(connection, buffer, sizeof buffer);
        if (got <= 0)
            break;
        request.append(buffer, static_cast<std::size_t>(got));
        const auto end = request.find("\r\n\r\n");
        if (end != std::string::npos && request.size() >= end + 4 + contentLength(request.substr(0, end)))
            return request;
    }
    return {};
}

} // namespace

CannedServer::CannedServer(std::string answer) : m_answer(std::move(answer)) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, generic, size) == 0 && ::listen(m_listener, 16) == 0 &&
        ::getsockname(m_listener, generic, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

CannedServer::~CannedServer() {
    m_stop = true;
    m_thread.join();
    for (auto& thread : m_answering)
        thread.join();
    ::close(m_listener);
}

std::vector<std::string> CannedServer::requests() {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void CannedServer::serve() {
    while (readable(m_listener, m_stop))
        if (const int connection = ::accept(m_listener, nullptr, nullptr); connection >= 0)
            m_answering.emplace_back([this, connection] {
                answer(connection);
                ::close(connection);
            });
}

void CannedServer::answer(int connection) {
    auto request = readRequest(connection, m_stop);
    if (request.empty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(std::move(request));
    }
    if (m_answer.empty()) {
        readable(connection, m_stop); // until the client gives up
        return;
    }
    for (std::size_t sent = 0; sent < m_answer.size();) {
        pollfd waiting{connection, POLLOUT, 0};
        if (m_stop)
            return;
        if (::poll(&waiting, 1, 100) <= 0)
            continue;
        const auto count =
            ::send(connection, m_answer.data() + sent, m_answer.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count <= 0)
            return;
        sent += static_cast<std::size_t>(count);
    }
    ::shutdown(connection, SHUT_WR);
}

std::string cannedJson(const std::string& body, const std::string& statusLine) {
    return "HTTP/1.1 " + statusLine +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace sealwright::test
