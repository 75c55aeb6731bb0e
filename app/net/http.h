#pragma once
#include "crypto/base/secret.h"
#include "models/domain/cancel.h"
#include "models/domain/failure.h"
#include "models/domain/pause.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QIODevice;

// One HTTP call as values: what goes out, what comes back. network_thread.h carries it out.
namespace sealwright::net {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;
using SecretHeaders = std::vector<std::pair<QByteArray, std::shared_ptr<const crypto::SecretBytes>>>;

/// Whom a call trusts. Connections are never shared between different trusts.
struct Trust {
    std::string caPem;    ///< trusts these certificates alone; empty: the system's
    std::string caSha256; ///< hex of a CA certificate's DER: only chains that end in it are trusted (FORMAT.md §10)
    friend bool operator==(const Trust&, const Trust&) = default;
};

/// Bodies that may take long (openBody, onBody) and go to one host side by side; more wait.
inline constexpr unsigned bodiesToAHost = 6;

/// Most that an answer may hold where it is read into memory.
inline constexpr std::uint64_t smallAnswer = 1u << 20;
inline constexpr std::uint64_t largeAnswer = 64u << 20;

struct Request {
    QByteArray verb = "GET";
    /// Sent as it stands, percent-encoding included: a signer's canonical form stays true. http:// goes to loopback
    /// only.
    QUrl url;
    /// Beside these only Host, Connection (not with openBody), Content-Length, User-Agent, Accept-Encoding
    /// (identity), Accept-Language (en) are sent, and a
    /// Content-Type where there is a body and none is given.
    Headers headers;
    /// Sent beside them; their values are wiped when nobody needs them any more, in Qt's own copies of them too.
    SecretHeaders secretHeaders;

    /// The body: bytes, or, where openBody is set, a device it makes. openBody is called on the network thread, perhaps
    /// shortly before a cancelled call returns: what it captures must own what it reads. The device is open, seekable,
    /// and its size() is the Content-Length; see slice_device.h. Not beside onBody.
    QByteArray body;
    std::function<std::unique_ptr<QIODevice>()> openBody;

    Trust trust;
    /// Without a byte in either direction for this long the call ends with NetworkTimeout. Time that onBody takes is
    /// not counted.
    std::chrono::milliseconds inactivity{30'000};
    /// A body longer than this (streamed ones too) ends the call with `tooLarge`.
    std::uint64_t maxAnswer = smallAnswer;
    Code tooLarge = Code::PlatformAnswerInvalid;

    /// While it is on, bodies that go by the limit (NetworkThread::setRate) stand still; `inactivity` goes on.
    Pause pause;

    /// Called on the calling thread, with pieces of a 2xx answer's body in order; at most about 1 MiB waits in between.
    /// Its failure ends the call and is the call's. Bodies of other answers, and all where this is empty, are in
    /// Answer::body.
    std::function<Outcome<void>(std::string_view)> onBody;
    /// Called on the calling thread with the body's bytes handed to the system so far. May go back to 0 where the
    /// connection was lost and the request is sent again.
    std::function<void(std::uint64_t)> onSent;
};

struct Answer {
    int status = 0;
    Headers headers; ///< names as the server wrote them
    QByteArray body;

    bool good() const { return status >= 200 && status < 300; }
    /// Compared without regard to case; empty where there is none.
    QByteArray header(const char* name) const;
};

/// http to anything but this machine itself is refused; so is any scheme but http and https. NetworkPlainHttp (facts:
/// host).
Outcome<void> allowedUrl(const QUrl& url);

} // namespace sealwright::net
