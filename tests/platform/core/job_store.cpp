#include "tests/platform/core/job_store.h"

namespace sealwright::platform {

namespace {

constexpr const char* selectJobs = "SELECT id, machine_id, jws, state, sequence, updated, expires FROM jobs ";
constexpr const char* selectEvents = "SELECT id, job_id, body_hash, body, sequence, state_after FROM events ";

JobState stateOf(const QVariant& value) {
    return jobStateFromText(textOf(value)).value_or(JobState::Failed);
}

JobRow jobOf(const Database::Row& row) {
    return {textOf(row[0]),       textOf(row[1]),      textOf(row[2]),     stateOf(row[3]),
            row[4].toULongLong(), row[5].toLongLong(), row[6].toLongLong()};
}

EventRow eventOf(const Database::Row& row) {
    return {textOf(row[0]), textOf(row[1]), textOf(row[2]), textOf(row[3]), row[4].toULongLong(), stateOf(row[5])};
}

QVariant sqlState(JobState state) {
    return sqlText(toText(state));
}

} // namespace

void JobStore::add(const JobRow& job) {
    m_database.run("INSERT INTO jobs (id, nr, machine_id, jws, state, sequence, updated, expires) VALUES (?, (SELECT "
                   "COALESCE(MAX(nr), 0) + 1 FROM jobs), ?, ?, ?, ?, ?, ?)",
                   {sqlText(job.id), sqlText(job.machineId), sqlText(job.jws), sqlState(job.state),
                    qulonglong(job.sequence), qlonglong(job.updated), qlonglong(job.expires)});
}

std::optional<JobRow> JobStore::job(const std::string& id) const {
    const auto rows = m_database.run(selectJobs + std::string("WHERE id = ?"), {sqlText(id)});
    return rows.isEmpty() ? std::nullopt : std::optional(jobOf(rows.first()));
}

std::vector<JobRow> JobStore::jobsOf(const std::string& machineId) const {
    std::vector<JobRow> jobs;
    for (const auto& row :
         m_database.run(selectJobs + std::string("WHERE machine_id = ? ORDER BY nr DESC"), {sqlText(machineId)}))
        jobs.push_back(jobOf(row));
    return jobs;
}

void JobStore::setState(const std::string& id, JobState state) {
    m_database.run("UPDATE jobs SET state = ?, updated = ? WHERE id = ?",
                   {sqlState(state), qlonglong(now()), sqlText(id)});
}

void JobStore::setExpires(const std::string& id, Instant expires) {
    m_database.run("UPDATE jobs SET expires = ? WHERE id = ?", {qlonglong(expires), sqlText(id)});
}

void JobStore::addEvent(const EventRow& event, const std::function<void()>& alongWith) {
    Database::Transaction transaction(m_database);
    if (alongWith)
        alongWith();
    m_database.run("INSERT INTO events (id, job_id, body_hash, body, sequence, state_after) VALUES (?, ?, ?, ?, ?, ?)",
                   {sqlText(event.id), sqlText(event.jobId), sqlText(event.bodyHash), sqlText(event.body),
                    qulonglong(event.sequence), sqlState(event.stateAfter)});
    m_database.run("UPDATE jobs SET state = ?, sequence = ?, updated = ? WHERE id = ?",
                   {sqlState(event.stateAfter), qulonglong(event.sequence), qlonglong(now()), sqlText(event.jobId)});
    transaction.commit();
}

std::optional<EventRow> JobStore::event(const std::string& id) const {
    const auto rows = m_database.run(selectEvents + std::string("WHERE id = ?"), {sqlText(id)});
    return rows.isEmpty() ? std::nullopt : std::optional(eventOf(rows.first()));
}

std::vector<EventRow> JobStore::eventsOf(const std::string& jobId) const {
    std::vector<EventRow> events;
    for (const auto& row :
         m_database.run(selectEvents + std::string("WHERE job_id = ? ORDER BY sequence"), {sqlText(jobId)}))
        events.push_back(eventOf(row));
    return events;
}

} // namespace sealwright::platform
