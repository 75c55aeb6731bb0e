#pragma once
#include "crypto/base/control_json.h"

#include <optional>

namespace sealwright::platform {

/// What a call is answered with: a good body, or a problem (RFC 9457) with one of the contract's codes.
struct Reply {
    int status = 200;
    crypto::Json body;
    std::optional<int> retryAfter; ///< seconds

    bool good() const { return status < 300; }
};

/// Title and status come from the code; `detail` never holds a value of anybody's data, nor a token.
Reply problem(std::string_view code, std::string detail = {});
/// A problem with a status of the caller's choice, for injected faults.
Reply faultOf(int status, std::optional<int> retryAfter);

} // namespace sealwright::platform
