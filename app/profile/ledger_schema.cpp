#include "app/profile/ledger_schema.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <vector>

namespace sealwright {

namespace {

using Step = std::vector<const char*>;

/// Step n brings a file of version n to version n + 1. Steps that were released are never changed.
const std::vector<Step>& steps() {
    // Paths of the owner's files are bytes, not text: a file name need not be UTF-8.
    static const std::vector<Step> all = {
        Step{
            "CREATE TABLE machine_key (kid TEXT PRIMARY KEY, signing INTEGER NOT NULL, made INTEGER NOT NULL,"
            " place TEXT NOT NULL, public_jwk TEXT NOT NULL) STRICT",
            "CREATE TABLE recovery_kit (id INTEGER PRIMARY KEY CHECK (id = 1), made INTEGER NOT NULL) STRICT",
            "CREATE TABLE registration (id INTEGER PRIMARY KEY CHECK (id = 1), machine_id TEXT NOT NULL,"
            " platform TEXT NOT NULL, keys TEXT NOT NULL, hosts TEXT NOT NULL, issued INTEGER NOT NULL,"
            " platform_kid TEXT NOT NULL, jws TEXT NOT NULL, machine_name TEXT NOT NULL, platform_name TEXT NOT NULL,"
            " ca_pem TEXT NOT NULL, ca_sha256 TEXT NOT NULL, registered_at INTEGER NOT NULL) STRICT",
            "CREATE TABLE job (job_id TEXT PRIMARY KEY, jws_sha256 TEXT NOT NULL, state TEXT NOT NULL,"
            " expires INTEGER NOT NULL, changed INTEGER NOT NULL, failure_code TEXT NOT NULL, input_path BLOB NOT NULL,"
            " policy TEXT) STRICT",
            "CREATE TABLE job_sequence (job_id TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT",
            "CREATE TABLE receipt (id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL, job_name TEXT NOT NULL,"
            " platform_name TEXT NOT NULL, finished INTEGER NOT NULL, bucket TEXT NOT NULL, object TEXT NOT NULL,"
            " size INTEGER NOT NULL, records INTEGER NOT NULL, vals INTEGER NOT NULL, compared INTEGER NOT NULL,"
            " sha256 TEXT NOT NULL, digest TEXT NOT NULL, can_open TEXT NOT NULL, readable TEXT NOT NULL,"
            " signer_kid TEXT NOT NULL, fields INTEGER NOT NULL) STRICT",
            "CREATE TABLE address (kid TEXT PRIMARY KEY, name TEXT NOT NULL, signing INTEGER NOT NULL, jwk TEXT NOT "
            "NULL,"
            " since INTEGER NOT NULL, origin TEXT NOT NULL) STRICT",
            "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        },
        Step{
            "ALTER TABLE job ADD COLUMN jws TEXT NOT NULL DEFAULT ''",
            // Bodies are bytes: every try sends the same ones.
            "CREATE TABLE outbox (event_id TEXT PRIMARY KEY, job_id TEXT NOT NULL, sequence INTEGER NOT NULL,"
            " kind TEXT NOT NULL, amqp INTEGER NOT NULL, url TEXT NOT NULL, exchange TEXT NOT NULL,"
            " routing_key TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (job_id, sequence)) STRICT",
            "CREATE TABLE outbox_hold (job_id TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT",
        },
        Step{
            "CREATE TABLE upload (job_id TEXT PRIMARY KEY, given_up INTEGER NOT NULL, file BLOB NOT NULL,"
            " size INTEGER NOT NULL, sha256 TEXT NOT NULL, manifest BLOB NOT NULL, signature TEXT NOT NULL,"
            " signer_kid TEXT NOT NULL, vals INTEGER NOT NULL, compared INTEGER NOT NULL, begun INTEGER NOT NULL,"
            " bucket TEXT NOT NULL, object TEXT NOT NULL, upload_id TEXT NOT NULL, part_size INTEGER NOT NULL) STRICT",
            "CREATE TABLE upload_part (job_id TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL,"
            " sha256 TEXT NOT NULL, PRIMARY KEY (job_id, number)) STRICT",
        },
        Step{
            "ALTER TABLE machine_key ADD COLUMN standing TEXT NOT NULL DEFAULT 'current'",
            "ALTER TABLE machine_key ADD COLUMN entry TEXT NOT NULL DEFAULT ''",
        }};
    return all;
}

} // namespace

Failure ledgerFailure(const QSqlDatabase& database, const QString& reason) {
    return Failure(Code::ProfileFailed, {database.databaseName().toStdString(), reason.toStdString()});
}

Outcome<void> migrateLedger(QSqlDatabase& database) {
    QSqlQuery query(database);
    const auto refuse = [&] {
        const Failure failure = ledgerFailure(database, query.lastError().text());
        query.exec(QStringLiteral("ROLLBACK"));
        return fail(failure);
    };
    // The version is read inside the write transaction: whoever comes second finds the work done.
    if (!query.exec(QStringLiteral("BEGIN IMMEDIATE")))
        return refuse();
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return refuse();
    const int found = query.value(0).toInt();
    query.finish();
    const int today = static_cast<int>(steps().size());
    if (found < 0 || found > today) {
        query.exec(QStringLiteral("ROLLBACK"));
        return fail(ledgerFailure(database, QStringLiteral("made by a newer version")));
    }
    for (int version = found; version < today; ++version) {
        for (const char* statement : steps()[static_cast<std::size_t>(version)])
            if (!query.exec(QString::fromLatin1(statement)))
                return refuse();
    }
    if (!query.exec(QStringLiteral("PRAGMA user_version = %1").arg(today)) || !query.exec(QStringLiteral("COMMIT")))
        return refuse();
    return {};
}

} // namespace sealwright
