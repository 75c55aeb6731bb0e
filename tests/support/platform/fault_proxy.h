#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sealwright::test {

/// A TCP proxy on loopback in front of an HTTP server, or of any other, which does to its connections what bad networks
/// do. It has threads of its own. Safe on any thread.
class FaultProxy {
public:
    /// What goes through. Of Bytes nothing is understood: a rule without a `line` strikes at a whole connection, all
    /// that the client sends is the request's body, and all that the server sends the answer.
    enum class Speaks { Http, Bytes };

    enum class Fault {
        DropAnswer,  ///< the server does its work; its answer is lost and the connection cut
        CutRequest,  ///< cut after `bytes` of the request's body
        CutAnswer,   ///< cut after `bytes` of the answer, head included
        Hold,        ///< after `bytes` of the request's body nothing more passes until release()
        DelayAnswer, ///< the answer comes `delay` later
        OtherAnswer, ///< the server does its work; `answer` comes in its place, and the connection is cut
        EditAnswer,  ///< each piece of the answer, head included, passes through `edit`
        AlterRequest ///< a bit of the request's body is turned, behind `bytes` of it
    };
    /// Strikes at the next `times` requests whose first line has all of `line` in it, in its order.
    struct Rule {
        std::vector<std::string> line;
        Fault fault = Fault::DropAnswer;
        int times = 1;
        std::uint64_t bytes = 0;
        std::chrono::milliseconds delay{0};
        std::string answer = {};
        /// `from`: where the piece begins in the answer; a first piece has all of the head.
        std::function<void(std::string& piece, std::uint64_t from)> edit = {};
    };

    /// `target` is "127.0.0.1:9000" or that with "http://" before it.
    explicit FaultProxy(const std::string& target, Speaks speaks = Speaks::Http);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    int port() const { return m_port; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    void add(Rule rule);
    void clear();   ///< no rules any more; what is held stays held
    void release(); ///< lets go of all that is held
    int struck() const { return m_struck; }
    int holding() const { return m_holding; } ///< connections held now
    /// Bytes that came from clients since the last reset, and first lines of their requests.
    std::uint64_t sent() const { return m_sent; }
    std::vector<std::string> requests() const;
    void reset();

private:
    struct Connection;
    void serve();
    void relay(Connection& connection);
    bool fromClient(Connection& connection);
    bool fromServer(Connection& connection);
    void wait(std::chrono::milliseconds howLong) const;
    void onHead(Connection& connection, const std::string& head);

    const Speaks m_speaks;
    int m_targetPort = 0, m_port = 0, m_listener = -1;
    std::atomic<bool> m_stop{false};
    std::atomic<int> m_struck{0}, m_holding{0}, m_releases{0};
    std::atomic<std::uint64_t> m_sent{0};
    mutable std::mutex m_mutex;
    std::list<Rule> m_rules;             ///< under m_mutex
    std::vector<std::string> m_requests; ///< under m_mutex
    std::vector<std::thread> m_relays;   ///< touched by m_thread alone until that is joined
    std::thread m_thread;
};

} // namespace sealwright::test
