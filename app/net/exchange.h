#pragma once
#include "app/net/http.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace sealwright::net {

/// Where a calling thread and the network thread meet for one call. All members are guarded by `mutex`; `wake` is for
/// the calling thread, the network thread is told by queued calls.
struct Exchange {
    /// Bytes that may wait for the calling thread before the network thread stops reading.
    static constexpr std::size_t room = 1u << 20;

    std::mutex mutex;
    std::condition_variable wake;

    std::deque<QByteArray> pieces; ///< of a streamed body
    std::size_t waiting = 0;       ///< bytes in `pieces`
    std::optional<std::uint64_t> sent;
    std::optional<Outcome<Answer>> end; ///< set once, by the network thread
    bool cancelled = false;             ///< set by the Cancel
};

} // namespace sealwright::net
