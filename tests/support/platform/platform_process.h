#pragma once
#include "app/net/network_thread.h"
#include "crypto/base/control_json.h"

#include <QProcess>
#include <QTemporaryDir>

namespace sealwright::test {

/// The reference platform as a program of its own for one test, on a free port, with the object store that
/// SEALWRIGHT_S3_… names and test hooks on. Ends with the object. Use it on the test's main thread.
class PlatformProcess {
public:
    ~PlatformProcess();

    /// Is there an object store to start it on? A test without one is skipped.
    static bool possible();

    /// `more` are further arguments ("--demo"). False, with what the program said in log(), where it does not get
    /// ready.
    bool start(const QStringList& more = {});
    /// The same on the servers of the file that SEALWRIGHT_STACK names.
    bool startOnStack(const QStringList& more = {});
    void stop();
    /// Once more after stop(), with all that it knows and on the port that it had: where machines know it.
    bool startAgain();

    const std::string& url() const { return m_url; }
    QString folder() const { return m_folder.path(); }
    QByteArray log();

    /// A hook of tests/platform/core/admin_desk.h: the body of its good answer, else nothing.
    std::optional<crypto::Json> admin(const char* verb, const std::string& path,
                                      const crypto::Json& body = crypto::JsonObject());
    /// The text of a fresh invitation.
    std::string invitation(std::int64_t expiresIn = 3600);
    /// The next `times` calls of paths that begin with `path` are answered with `status` (0: cut off).
    bool fault(const std::string& path, int status, int times, bool after = false, int retryAfter = 0);
    bool endFaults();

    net::Trust trust; ///< for the hooks, where the platform is started with TLS

private:
    bool launch(const QStringList& arguments);

    QTemporaryDir m_folder;
    QProcess m_process;
    std::string m_url, m_token;
    std::unique_ptr<net::NetworkThread> m_network;
};

} // namespace sealwright::test
