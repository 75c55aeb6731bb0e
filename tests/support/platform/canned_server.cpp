#include "tests/support/platform/canned_server.h"

namespace sealwright::test {

CannedServer::CannedServer(std::string answer)
    : m_answer(std::move(answer)), m_server([this](ScriptedServer::Wire& wire) { serve(wire); }) {}

std::vector<std::string> CannedServer::requests() {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void CannedServer::serve(ScriptedServer::Wire& wire) {
    const std::string head = wire.head();
    const std::size_t length = lengthNamedIn(head);
    const std::string body = wire.body(length);
    if (head.empty() || body.size() < length) // one that keeps spare connections leaves without a word
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(head + body);
    }
    if (m_answer.empty())
        return wire.rest();
    wire.say(m_answer);
    wire.sayNoMore();
}

std::string cannedJson(const std::string& body, const std::string& statusLine) {
    return "HTTP/1.1 " + statusLine +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace sealwright::test
