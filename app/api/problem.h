#pragma once
#include "app/net/http.h"

namespace sealwright {

/// What an answer with a status of 4xx or 5xx means for a machine. Facts: the problem's code (RFC 9457, the contract's
/// schema `Problem`), or "status 502" where the body is none; then its detail, printable and cut short, where it has
/// one.
Failure failureOf(const net::Answer& answer);

} // namespace sealwright
