#include "tests/platform/core/migrations.h"

#include "models/domain/time.h"

#include <array>
#include <vector>

namespace sealwright::platform {

namespace {

using Step = std::vector<const char*>;

/// A step that was once released is never changed: what comes later is a step of its own. `nr` counts a table's rows in
/// the order in which they came.
const std::array steps{
    Step{"CREATE TABLE invitations (token_hash TEXT PRIMARY KEY, expires BIGINT NOT NULL, used_by TEXT)",
         "CREATE TABLE machines (id TEXT PRIMARY KEY, nr BIGINT NOT NULL UNIQUE, name TEXT NOT NULL, keys TEXT NOT "
         "NULL, "
         "token_hash TEXT NOT NULL UNIQUE, registered BIGINT NOT NULL, revoked BIGINT NOT NULL DEFAULT 0)",
         "CREATE TABLE jobs (id TEXT PRIMARY KEY, nr BIGINT NOT NULL UNIQUE, machine_id TEXT NOT NULL, "
         "jws TEXT NOT NULL, state TEXT NOT NULL, sequence BIGINT NOT NULL, updated BIGINT NOT NULL, "
         "expires BIGINT NOT NULL)",
         "CREATE TABLE events (id TEXT PRIMARY KEY, job_id TEXT NOT NULL, body_hash TEXT NOT NULL, body TEXT NOT NULL, "
         "sequence BIGINT NOT NULL, state_after TEXT NOT NULL, UNIQUE (job_id, sequence))",
         "CREATE TABLE results (id TEXT PRIMARY KEY, nr BIGINT NOT NULL UNIQUE, machine_id TEXT NOT NULL, "
         "name TEXT NOT NULL, created BIGINT NOT NULL, data TEXT NOT NULL, manifest TEXT NOT NULL, "
         "signature TEXT NOT NULL)"},
    Step{"CREATE INDEX jobs_of_a_machine ON jobs (machine_id, nr)",
         "CREATE INDEX results_of_a_machine ON results (machine_id, nr)"},
    // Keys under way: a machine's earlier ones, rotations whose token was not used yet, and the platform's own.
    // `issued` is of the last registration that a machine got: each is later than the one before.
    Step{"ALTER TABLE machines ADD COLUMN issued BIGINT NOT NULL DEFAULT 0",
         "CREATE TABLE former_keys (machine_id TEXT NOT NULL, nr BIGINT NOT NULL, keys TEXT NOT NULL, "
         "PRIMARY KEY (machine_id, nr))",
         "CREATE TABLE rotations (token_hash TEXT PRIMARY KEY, machine_id TEXT NOT NULL, keys TEXT NOT NULL)",
         "CREATE TABLE platform_keys (nr BIGINT PRIMARY KEY, since BIGINT NOT NULL)"},
};

int stepsTaken(Database& database) {
    database.run("CREATE TABLE IF NOT EXISTS migrations (step BIGINT PRIMARY KEY, taken BIGINT NOT NULL)");
    return database.run("SELECT COALESCE(MAX(step), 0) FROM migrations").first().first().toInt();
}

} // namespace

int newestStep() {
    return static_cast<int>(steps.size());
}

void migrateTo(Database& database, int last) {
    const int taken = stepsTaken(database);
    if (taken > newestStep())
        throw DatabaseFailure("a newer platform made this database");
    for (int step = taken + 1; step <= last; ++step) {
        Database::Transaction transaction(database);
        for (const auto* statement : steps[static_cast<std::size_t>(step - 1)])
            database.run(statement);
        database.run("INSERT INTO migrations (step, taken) VALUES (?, ?)", {step, qlonglong(now())});
        transaction.commit();
    }
}

void migrate(Database& database) {
    migrateTo(database, newestStep());
}

} // namespace sealwright::platform
