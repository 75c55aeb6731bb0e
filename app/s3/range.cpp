#include "app/s3/range.h"

#include "app/net/backoff.h"
#include "models/domain/sleep.h"

#include <algorithm>

namespace sealwright::s3 {

namespace {
constexpr int tries = 6; ///< in a row without a byte of progress
}

Outcome<std::string> fetchRange(const Target& target, const ObjectFacts& pinned, std::uint64_t begin, std::uint64_t end,
                                const Cancel& cancel) {
    std::string bytes;
    bytes.reserve(end - begin);
    for (int attempt = 1;; ++attempt) {
        const std::size_t before = bytes.size();
        const std::string from = std::to_string(begin + before);
        Call call;
        call.object = target.object;
        call.headers = {{"if-match", pinned.etag}, {"range", "bytes=" + from + "-" + std::to_string(end - 1)}};
        call.maxAnswer = end - begin - before;
        call.retry = false; // what has come stays; the next try goes on behind it
        call.onBody = [&](std::string_view piece) -> Outcome<void> {
            bytes.append(piece);
            return {};
        };
        const std::uint64_t pauses = target.access.pause.times();
        const auto answer = perform(target.network, target.access, call, cancel);
        // Without 206 the server sent the object from its beginning.
        const bool whole = begin + before == 0 && end == pinned.size;
        if (answer &&
            (answer->status == 206 ? !answer->header("Content-Range").startsWith(("bytes " + from + "-").c_str())
                                   : !whole))
            return fail(Failure(Code::StorageFailed, {"Range"}));
        if (answer && bytes.size() == end - begin)
            return bytes;
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        if (!answer && !isPassing(answer.error().code) && answer.error().code != Code::StorageFailed)
            return answer.failed();
        if (bytes.size() > before || target.access.pause.paused() || target.access.pause.times() != pauses)
            attempt = 0;
        if (attempt >= tries)
            return answer ? fail(Failure(Code::StorageFailed, {"Content-Length"})) : answer.failed();
        (void)sleepUnlessCancelled(net::Backoff().delay(std::max(attempt, 1), std::nullopt), cancel);
    }
}

} // namespace sealwright::s3
