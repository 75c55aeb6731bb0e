#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace sealwright::test {

/// A server on loopback whose every connection goes by a script, on a thread of its own: for what servers do to
/// connections, which a canned answer does not show.
class ScriptedServer {
public:
    /// One connection, closed when the script returns. Everything ends at once, empty, with the server.
    class Wire {
    public:
        /// The next request up to its empty line; empty where the client has gone.
        std::string head();
        /// As many bytes of its body; fewer where the client goes before.
        std::string body(std::size_t length);
        void say(const std::string& bytes);
        /// Carries bytes to that port of this machine and back, until an end of it goes; of what the client says, only
        /// the first `most` bytes.
        void relayTo(int port, std::size_t most);
        void sayNoMore(); ///< its end goes out; the connection stays
        void rest();      ///< until the client goes, without reading
        /// Which connection this is, from 0.
        int number() const { return m_number; }

    private:
        friend class ScriptedServer;
        Wire(ScriptedServer& server, int descriptor, int number)
            : m_server(server), m_descriptor(descriptor), m_number(number) {}
        bool fill();

        ScriptedServer& m_server;
        const int m_descriptor, m_number;
        std::string m_read;
    };

    explicit ScriptedServer(std::function<void(Wire&)> script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    int connections() const { return m_connections; }

private:
    void serve();

    const std::function<void(Wire&)> m_script;
    int m_listener = -1, m_port = 0;
    std::atomic<bool> m_stop{false};
    std::atomic<int> m_connections{0};
    std::vector<std::thread> m_wires; ///< touched by m_thread alone until that is joined
    std::thread m_thread;
};

/// The Content-Length that a head names; 0 where it names none.
std::size_t lengthNamedIn(const std::string& head);

} // namespace sealwright::test
