#include "models/ports/job_api.h"

#include <array>

namespace sealwright {

namespace {
constexpr std::array<std::string_view, 8> stateNames = {"pending", "claimed",  "running",   "done",
                                                        "failed",  "declined", "cancelled", "returned"};
}

std::string_view toText(JobState state) {
    return stateNames[static_cast<std::size_t>(state)];
}

std::optional<JobState> jobStateFromText(std::string_view text) {
    for (std::size_t i = 0; i < stateNames.size(); ++i)
        if (stateNames[i] == text)
            return static_cast<JobState>(i);
    return std::nullopt;
}

PlatformAccess PlatformAccess::clone() const {
    return {url, accessToken.clone(), caPem, caSha256, hosts};
}

} // namespace sealwright
