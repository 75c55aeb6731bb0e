#include "tests/platform/core/result_desk.h"

#include "crypto/jose/jws.h"

namespace sealwright::platform {

using crypto::JsonObject;

ResultDesk::ResultDesk(const Identity& identity, Database& database, Bucket& bucket)
    : m_identity(identity), m_database(database), m_bucket(bucket) {}

QStringList ResultDesk::schema() {
    return {QStringLiteral(
        "CREATE TABLE IF NOT EXISTS results (id TEXT PRIMARY KEY, machine_id TEXT NOT NULL, name TEXT NOT NULL, "
        "created INTEGER NOT NULL, data TEXT NOT NULL, manifest TEXT NOT NULL, signature TEXT NOT NULL)")};
}

bool ResultDesk::add(const Machine& machine, const std::string& name, const CheckedIn& checkedIn) {
    const auto id = freshUuid();
    auto manifest = checkedIn.manifest;
    manifest.created = now();
    manifest.tool = "cohort-platform/" SEALWRIGHT_VERSION;
    const auto text = writeManifest(manifest);
    const auto base = "results/" + id;
    if (!m_bucket.put(base + ".manifest.json", text, "application/json") ||
        !m_bucket.put(base + ".manifest.jws", crypto::signDetached("sealwright-manifest", text, m_identity.key),
                      "application/jose"))
        return false;
    m_database.run("INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, ?)",
                   {sqlText(id), sqlText(machine.id), sqlText(name), qlonglong(manifest.created),
                    sqlText(checkedIn.dataObject), sqlText(base + ".manifest.json"), sqlText(base + ".manifest.jws")});
    return true;
}

crypto::Json ResultDesk::list(const Machine& machine) const {
    crypto::JsonArray results;
    for (const auto& row : m_database.run("SELECT id, name, created, data, manifest, signature FROM results WHERE "
                                          "machine_id = ? ORDER BY rowid DESC",
                                          {sqlText(machine.id)}))
        results.emplace_back(JsonObject{{"result_id", textOf(row[0])},
                                        {"name", textOf(row[1])},
                                        {"created", toRfc3339(row[2].toLongLong())},
                                        {"data", m_bucket.urlToRead(textOf(row[3]))},
                                        {"manifest", m_bucket.urlToRead(textOf(row[4]))},
                                        {"signature", m_bucket.urlToRead(textOf(row[5]))}});
    return JsonObject{{"results", std::move(results)}};
}

} // namespace sealwright::platform
