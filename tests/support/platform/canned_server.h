#pragma once
#include "tests/support/platform/scripted_server.h"

#include <mutex>

namespace sealwright::test {

/// A server on loopback that answers every connection with the same bytes, whatever was asked, and then closes it: for
/// answers that no honest server gives. Waits for a whole request first (head and Content-Length bytes).
class CannedServer {
public:
    /// Empty bytes: it takes requests and never answers.
    explicit CannedServer(std::string answer);

    std::string url() const { return m_server.url(); }
    /// Requests seen so far, head and body.
    std::vector<std::string> requests();

private:
    void serve(ScriptedServer::Wire& wire);

    const std::string m_answer;
    std::mutex m_mutex;
    std::vector<std::string> m_requests;
    ScriptedServer m_server; ///< goes first
};

/// "HTTP/1.1 200 OK" with JSON.
std::string cannedJson(const std::string& body, const std::string& statusLine = "200 OK");

} // namespace sealwright::test
