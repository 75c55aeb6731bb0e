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

QStringList JobStore::schema() {
    return {
        QStringLiteral(
            "CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, machine_id TEXT NOT NULL, jws TEXT NOT NULL, "
            "state TEXT NOT NULL, sequence INTEGER NOT NULL, updated INTEGER NOT NULL, expires INTEGER NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, job_id TEXT NOT NULL, body_hash TEXT NOT NULL, "
            "body TEXT NOT NULL, sequence INTEGER NOT NULL, state_after TEXT NOT NULL, UNIQUE (job_id, sequence))")};
}

void JobStore::add(const JobRow& job) {
    m_database.run("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?)",
                   {sqlText(job.id), sqlText(job.machineId), sqlText(job.jws), sqlState(job.state),
                    qulonglong(job.sequence), qlonglong(job.updated), qlonglong(job.expires)});
}

std::optional<JobRow> JobStore::job(const std::string& id) const {
    const auto rows = m_database.run((std::string(selectJobs) + "WHERE id = ?").c_str(), {sqlText(id)});
    return rows.isEmpty() ? std::nullopt : std::optional(jobOf(rows.first()));
}

std::vector<JobRow> JobStore::jobsOf(const std::string& machineId) const {
    std::vector<JobRow> jobs;
    for (const auto& row : m_database.run(
             (std::string(selectJobs) + "WHERE machine_id = ? ORDER BY rowid DESC").c_str(), {sqlText(machineId)}))
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

void JobStore::addEvent(const EventRow& event) {
    Database::Transaction transaction(m_database);
    m_database.run("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
                   {sqlText(event.id), sqlText(event.jobId), sqlText(event.bodyHash), sqlText(event.body),
                    qulonglong(event.sequence), sqlState(event.stateAfter)});
    m_database.run("UPDATE jobs SET state = ?, sequence = ?, updated = ? WHERE id = ?",
                   {sqlState(event.stateAfter), qulonglong(event.sequence), qlonglong(now()), sqlText(event.jobId)});
    transaction.commit();
}

std::optional<EventRow> JobStore::event(const std::string& id) const {
    const auto rows = m_database.run((std::string(selectEvents) + "WHERE id = ?").c_str(), {sqlText(id)});
    return rows.isEmpty() ? std::nullopt : std::optional(eventOf(rows.first()));
}

std::vector<EventRow> JobStore::eventsOf(const std::string& jobId) const {
    std::vector<EventRow> events;
    for (const auto& row :
         m_database.run((std::string(selectEvents) + "WHERE job_id = ? ORDER BY sequence").c_str(), {sqlText(jobId)}))
        events.push_back(eventOf(row));
    return events;
}

} // namespace sealwright::platform
