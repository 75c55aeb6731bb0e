#include "app/net/http_retry.h"

#include "models/domain/sleep.h"

namespace sealwright::net {

std::optional<std::chrono::seconds> retryAfter(const Answer& answer) {
    bool number = false;
    const auto seconds = answer.header("Retry-After").toUInt(&number);
    return number ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
}

bool worthAnotherTry(const Outcome<Answer>& outcome) {
    if (!outcome)
        return outcome.error().code == Code::NetworkUnreachable || outcome.error().code == Code::NetworkTimeout;
    const int status = outcome->status;
    return status == 429 || status == 502 || status == 503 || status == 504;
}

Outcome<Answer> callWithRetries(NetworkThread& network, const Request& request, const Backoff& backoff,
                                const Cancel& cancel) {
    for (int attempt = 1;; ++attempt) {
        auto outcome = network.call(request, cancel);
        const bool hung = !outcome && outcome.error().code == Code::NetworkTimeout;
        if (attempt >= backoff.attempts || !worthAnotherTry(outcome) || (hung && !backoff.afterTimeout))
            return outcome;
        const auto asked = outcome ? retryAfter(*outcome) : std::nullopt;
        if (!sleepUnlessCancelled(backoff.delay(attempt, asked), cancel))
            return fail(Code::Cancelled);
    }
}

} // namespace sealwright::net
