#include "tests/platform/core/result_desk.h"

#include "crypto/jose/jws.h"

namespace sealwright::platform {

using crypto::JsonObject;

ResultDesk::ResultDesk(const Identity& identity, Database& database, Bucket& bucket)
    : m_identity(identity), m_database(database), m_bucket(bucket) {}

std::optional<ResultDesk::Result> ResultDesk::make(const Machine& machine, const std::string& name,
                                                   const CheckedIn& checkedIn) {
    const auto id = freshUuid();
    auto manifest = checkedIn.manifest;
    manifest.created = now();
    manifest.tool = "cohort-platform/" SEALWRIGHT_VERSION;
    const auto text = writeManifest(manifest);
    const auto base = "results/" + id;
    if (!m_bucket.put(base + ".manifest.json", text, "application/json") ||
        !m_bucket.put(base + ".manifest.jws", crypto::signDetached("sealwright-manifest", text, m_identity.key),
                      "application/jose"))
        return std::nullopt;
    return Result{
        id, machine.id, name, checkedIn.dataObject, base + ".manifest.json", base + ".manifest.jws", manifest.created};
}

void ResultDesk::add(const Result& result) {
    m_database.run("INSERT INTO results (id, nr, machine_id, name, created, data, manifest, signature) VALUES (?, "
                   "(SELECT COALESCE(MAX(nr), 0) + 1 FROM results), ?, ?, ?, ?, ?, ?)",
                   {sqlText(result.id), sqlText(result.machineId), sqlText(result.name), qlonglong(result.created),
                    sqlText(result.data), sqlText(result.manifest), sqlText(result.signature)});
}

crypto::Json ResultDesk::list(const Machine& machine) const {
    crypto::JsonArray results;
    for (const auto& row : m_database.run("SELECT id, name, created, data, manifest, signature FROM results WHERE "
                                          "machine_id = ? ORDER BY nr DESC",
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
