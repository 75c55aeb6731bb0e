#pragma once
#include "tests/platform/core/reply.h"
#include "tests/platform/core/service.h"

#include <QHttpServer>

#include <functional>

namespace sealwright::platform {

/// QHttpServer in front: turns requests into Incoming calls and replies into answers, one log line a call without body
/// or token.
class HttpFront {
public:
    using Answer = std::function<Reply(const Incoming&)>;
    explicit HttpFront(Answer answer);

    /// False where the files do not hold a certificate (with its chain) and its key.
    bool useTls(const std::string& certificateFile, const std::string& keyFile);
    /// Gives the port; 0 where it cannot listen.
    std::uint16_t listen(const std::string& address, std::uint16_t port);

private:
    void handle(const QHttpServerRequest& request, QHttpServerResponder&& responder);
    Answer m_answer;
    QHttpServer m_server;
};

} // namespace sealwright::platform
