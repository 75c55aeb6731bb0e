#pragma once
#include "tests/support/platform/platform_process.h"

#include <algorithm>
#include <set>

namespace sealwright::test {

/// What the platform has been told of a job.
struct ToldEvents {
    std::vector<std::string> kinds; ///< in its order
    bool inOrder = true;            ///< sequences ascend, and no event came twice
    std::string state;              ///< empty where the platform knows no such job
    long count(const char* kind) const { return std::count(kinds.begin(), kinds.end(), kind); }
};

inline ToldEvents toldOf(PlatformProcess& platform, const std::string& jobId) {
    ToldEvents all;
    const auto answer = platform.admin("GET", "/admin/jobs/" + jobId + "/events");
    if (!answer)
        return all;
    std::int64_t last = 0;
    std::set<std::string> ids;
    for (const auto& event : *answer->find("events")->array()) {
        const auto number = *event.find("sequence")->integer();
        all.inOrder = all.inOrder && number > last && ids.insert(*event.find("event_id")->string()).second;
        last = number;
        all.kinds.push_back(*event.find("kind")->string());
    }
    all.state = *answer->find("state")->string();
    return all;
}

} // namespace sealwright::test
