#pragma once
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sealwright::test {

/// A server on loopback that answers every connection with the same bytes, whatever was asked, and then closes it: for
/// answers that no honest server gives. It has threads of its own. Waits for a whole request first (head and
/// Content-Length bytes).
class CannedServer {
public:
    /// Empty bytes: it takes requests and never answers.
    explicit CannedServer(std::string answer);
    ~CannedServer();
    CannedServer(const CannedServer&) = delete;
    CannedServer& operator=(const CannedServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    /// Requests seen so far, head and body.
    std::vector<std::string> requests();

private:
    void serve();
    void answer(int connection);
    std::string m_answer;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<std::thread> m_answering; ///< one a connection; touched by m_thread alone until that is joined
    std::thread m_thread;
};

/// "HTTP/1.1 200 OK" with JSON.
std::string cannedJson(const std::string& body, const std::string& statusLine = "200 OK");

} // namespace sealwright::test
