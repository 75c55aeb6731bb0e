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

std::string readRequest(int connection) {
    std::string request;
    char buffer[65536];
    for (;;) {
        const auto end = request.find("\r\n\r\n");
        if (end != std::string::npos && request.size() >= end + 4 + contentLength(request.substr(0, end)))
            return request;
        const auto got = ::read(connection, buffer, sizeof buffer);
        if (got <= 0)
            return request;
        request.append(buffer, static_cast<std::size_t>(got));
    }
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
    for (const int connection : m_open)
        ::close(connection);
    ::close(m_listener);
}

std::vector<std::string> CannedServer::requests() {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void CannedServer::serve() {
    while (!m_stop) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0)
            continue;
        const int connection = ::accept(m_listener, nullptr, nullptr);
        if (connection >= 0)
            answer(connection);
    }
}

void CannedServer::answer(int connection) {
    auto request = readRequest(connection);
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(std::move(request));
    }
    if (m_answer.empty()) {
        m_open.push_back(connection);
        return;
    }
    for (std::size_t sent = 0; sent < m_answer.size() && !m_stop;) {
        const auto count = ::send(connection, m_answer.data() + sent, m_answer.size() - sent, MSG_NOSIGNAL);
        if (count <= 0)
            break;
        sent += static_cast<std::size_t>(count);
    }
    ::shutdown(connection, SHUT_WR);
    ::close(connection);
}

std::string cannedJson(const std::string& body, const std::string& statusLine) {
    return "HTTP/1.1 " + statusLine +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace sealwright::test
