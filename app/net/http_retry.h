#pragma once
#include "app/net/backoff.h"
#include "app/net/network_thread.h"

namespace sealwright::net {

/// What a Retry-After header asks for, in its form with seconds.
std::optional<std::chrono::seconds> retryAfter(const Answer& answer);

/// No answer, or one that says "not now": 429, 502, 503, 504.
bool worthAnotherTry(const Outcome<Answer>& outcome);

/// Calls until there is an answer that is not worth another try, or `backoff` is used up; gives the last outcome. Only
/// for calls that may be made twice (idempotent, or with an idempotency key), without onBody.
Outcome<Answer> callWithRetries(NetworkThread& network, const Request& request, const Backoff& backoff,
                                const Cancel& cancel);

} // namespace sealwright::net
