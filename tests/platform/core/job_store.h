#pragma once
#include "models/ports/job_api.h"
#include "tests/platform/core/database.h"

#include <functional>
#include <vector>

namespace sealwright::platform {

struct JobRow {
    std::string id, machineId, jws;
    JobState state = JobState::Pending;
    std::uint64_t sequence = 0; ///< highest event taken
    Instant updated = 0, expires = 0;
};

struct EventRow {
    std::string id, jobId, bodyHash, body;
    std::uint64_t sequence = 0;
    JobState stateAfter = JobState::Pending;
};

/// Jobs and what their machines told about them.
class JobStore {
public:
    explicit JobStore(Database& database) : m_database(database) {}

    void add(const JobRow& job);
    std::optional<JobRow> job(const std::string& id) const;
    std::vector<JobRow> jobsOf(const std::string& machineId) const; ///< newest first
    void setState(const std::string& id, JobState state);
    void setExpires(const std::string& id, Instant expires);

    /// With the job's new state and sequence, and with what `alongWith` writes, in one transaction.
    void addEvent(const EventRow& event, const std::function<void()>& alongWith = {});
    std::optional<EventRow> event(const std::string& id) const;
    std::vector<EventRow> eventsOf(const std::string& jobId) const; ///< in order

private:
    Database& m_database;
};

} // namespace sealwright::platform
