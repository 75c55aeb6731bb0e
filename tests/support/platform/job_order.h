#pragma once
#include "tests/support/platform/platform_process.h"

namespace sealwright::test {

/// A file that the machine's owner names.
inline crypto::JsonObject localSource() {
    return {{"kind", "local"}};
}
/// An object of the demonstration's bucket.
inline crypto::JsonObject storedSource(const char* object = "sources/patients.csv") {
    return {{"kind", "object"}, {"bucket", "cohort"}, {"object", object}, {"media_type", "text/csv"}};
}
/// A policy with one field of its own; all others are sealed, as without it.
inline crypto::JsonObject policyFor(const char* field, const char* action) {
    const crypto::JsonObject one{{"path", field}, {"action", action}};
    return {{"version", 1}, {"fields", crypto::JsonArray{one}}};
}

/// A job as a test orders it of the platform; the least that one needs, but for what is set.
struct JobOrder {
    std::string machineId;
    std::string name = "Ordered by a test";
    crypto::JsonObject source = localSource();
    crypto::JsonObject policy = {{"version", 1}};
    std::string prefix = "loader/test/";
    crypto::JsonObject more = {}; ///< further members of the hook's body: "feedback", "recipients"
};

/// The hook's answer, "job_id" and "job" among it; nothing where no job was made.
inline std::optional<crypto::Json> place(PlatformProcess& platform, JobOrder order) {
    crypto::JsonObject body{{"machine_id", std::move(order.machineId)},
                            {"name", std::move(order.name)},
                            {"source", std::move(order.source)},
                            {"policy", std::move(order.policy)},
                            {"bucket", "cohort"},
                            {"prefix", std::move(order.prefix)}};
    for (auto& member : order.more)
        body.push_back(std::move(member));
    return platform.admin("POST", "/admin/jobs", body);
}
/// Its id; empty where no job was made.
inline std::string placeForId(PlatformProcess& platform, JobOrder order) {
    const auto made = place(platform, std::move(order));
    const auto* id = made ? made->find("job_id") : nullptr;
    return id && id->string() ? *id->string() : std::string();
}

} // namespace sealwright::test
