#pragma once
#include "app/net/network_thread.h"
#include "app/s3/signature.h"
#include "models/ports/object_store.h"

namespace sealwright::s3 {

/// One signed request to a bucket.
struct Call {
    QByteArray verb = "GET";
    std::string object;   ///< empty: the bucket itself
    Pairs query, headers; ///< headers are signed, beside host, x-amz-date, x-amz-content-sha256 and the session token
    std::string contentType;   ///< not signed
    std::string payloadSha256; ///< hex, or UNSIGNED-PAYLOAD; empty: of `body`
    QByteArray body;
    std::function<std::unique_ptr<QIODevice>()> openBody;
    std::function<Outcome<void>(std::string_view)> onBody;
    std::function<void(std::uint64_t)> onSent;
    std::uint64_t maxAnswer = net::smallAnswer;
    bool retry =
        true; ///< on network failures, 429 and 5xx, with back-off and jitter; false where bytes cannot be taken back
};

/// Signs anew for every try; once with others than access.renewable has given, where the store says that those have
/// ended. An answer that is not 2xx is a failure: StorageDenied, StorageNotFound, StorageChanged
/// (412), StorageChecksum, ClockWrong, StorageFailed; facts: the store's own error code.
Outcome<net::Answer> perform(net::NetworkThread& network, const StoreAccess& access, const Call& call,
                             const Cancel& cancel);

/// What an answer that is not 2xx means. `ours` is this machine's time when it came: where the store refused because
/// the clocks differ, the failure is ClockWrong (facts: seconds, "ahead" or "behind", as this machine's clock is).
Failure failureOf(const net::Answer& answer, Instant ours);

/// Text of the first element of that name in an answer, whatever its namespace.
std::string xmlText(const QByteArray& xml, const char* element);

/// Worth another try?
bool isPassing(Code code);

} // namespace sealwright::s3
