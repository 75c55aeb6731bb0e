#include "app/profile/sqlite_ledger.h"

#include "app/profile/ledger_access.h"
#include "app/profile/ledger_rows.h"
#include "app/profile/ledger_schema.h"
#include "app/profile/sqlite_outbox.h"
#include "app/profile/sqlite_uploads.h"

namespace sealwright {

namespace {

const std::string selectJobs =
    "SELECT job.job_id, jws_sha256, state, expires, changed, coalesce(last, 0), failure_code, input_path, policy, jws,"
    " EXISTS (SELECT 1 FROM outbox WHERE outbox.job_id = job.job_id"
    " AND kind IN ('done', 'failed', 'declined', 'returned'))"
    " FROM job LEFT JOIN job_sequence USING (job_id)";

class Implementation final : public Ledger {
public:
    explicit Implementation(std::unique_ptr<LedgerThread> thread) : m_thread(std::move(thread)) {}

    Outcome<std::vector<KeyRecord>> keys() override { return keysThatAre(currentKey); }
    Outcome<std::vector<KeyRecord>> formerKeys() override { return keysThatAre(formerKey); }
    Outcome<std::vector<KeyRecord>> nextKeys() override { return keysThatAre(nextKey); }

    Outcome<void> rememberKeys(const std::vector<KeyRecord>& keys) override { return putKeys(keys, currentKey); }
    Outcome<void> rememberFormerKeys(const std::vector<KeyRecord>& keys) override { return putKeys(keys, formerKey); }
    Outcome<void> rememberNextKeys(const std::vector<KeyRecord>& keys) override { return putKeys(keys, nextKey); }

    Outcome<void> takeNextKeys(const std::optional<PinnedRegistration>& registration) override {
        return m_file.together<void>([&](QSqlDatabase& database) -> Outcome<void> {
            Statement next(database, "SELECT count(*) FROM machine_key WHERE standing = 'next'");
            if (auto done = next.run(); !done)
                return done;
            if (!next.next() || next.numberAt(0) == 0)
                return fail(ledgerFailure(database, QStringLiteral("no rotation is under way")));
            for (const char* change :
                 {"UPDATE machine_key SET standing = 'former' WHERE standing = 'current'",
                  "UPDATE machine_key SET standing = 'current' WHERE standing = 'next'", "DELETE FROM recovery_kit"})
                if (auto done = Statement(database, change).run(); !done)
                    return done;
            return registration ? putRegistration(database, *registration) : Outcome<void>();
        });
    }

    Outcome<std::optional<Instant>> recoveryKitMade() override {
        return m_file.first<Instant>("SELECT made FROM recovery_kit", LedgerAccess::nothingBound,
                                     [](const Statement& s) -> Outcome<Instant> { return s.numberAt(0); });
    }

    Outcome<void> rememberRecoveryKit(Instant when) override {
        return m_file.change("INSERT OR REPLACE INTO recovery_kit (id, made) VALUES (1, ?)",
                             [&](Statement& s) { s.number(when); });
    }

    Outcome<std::optional<PinnedRegistration>> registration() override {
        return m_file.first<PinnedRegistration>(
            "SELECT machine_id, platform, keys, hosts, issued, platform_kid, jws, machine_name, platform_name, ca_pem,"
            " ca_sha256, registered_at FROM registration",
            LedgerAccess::nothingBound, registrationAt);
    }

    Outcome<void> rememberRegistration(const PinnedRegistration& kept) override {
        return m_file.on<void>([&](QSqlDatabase& database) { return putRegistration(database, kept); });
    }

    Outcome<std::vector<JobRecord>> jobs() override {
        return m_file.all<JobRecord>((selectJobs + " ORDER BY changed DESC, job.job_id").c_str(), jobAt);
    }

    Outcome<std::optional<JobRecord>> job(const std::string& jobId) override {
        return m_file.first<JobRecord>((selectJobs + " WHERE job.job_id = ?").c_str(),
                                       [&](Statement& s) { s.text(jobId); }, jobAt);
    }

    Outcome<void> rememberJob(const JobRecord& job) override {
        return m_file.together<void>([&](QSqlDatabase& database) { return putJob(database, job); });
    }

    Outbox& outbox() override { return *m_outbox; }
    Uploads& uploads() override { return *m_uploads; }

    Outcome<std::vector<Receipt>> receipts() override {
        return m_file.all<Receipt>(
            "SELECT job_id, job_name, platform_name, finished, bucket, object, size, records, vals, compared,"
            " sha256, digest, can_open, readable, signer_kid, fields,"
            " EXISTS (SELECT 1 FROM outbox WHERE outbox.job_id = receipt.job_id AND kind = 'done') FROM receipt"
            " ORDER BY finished DESC, id DESC",
            receiptAt);
    }

    Outcome<std::vector<AddressEntry>> addresses() override {
        return m_file.all<AddressEntry>("SELECT name, kid, signing, jwk, since, origin FROM address ORDER BY name, kid",
                                        addressAt);
    }

    Outcome<void> addAddress(const AddressEntry& entry) override {
        return m_file.change(
            "INSERT OR REPLACE INTO address (name, kid, signing, jwk, since, origin) VALUES (?, ?, ?, ?, ?, ?)",
            [&](Statement& s) {
                s.text(entry.name)
                    .text(entry.kid)
                    .number(entry.signing)
                    .text(entry.jwk)
                    .number(entry.since)
                    .text(entry.from);
            });
    }

    Outcome<void> removeAddress(const std::string& kid) override {
        return m_file.change("DELETE FROM address WHERE kid = ?", [&](Statement& s) { s.text(kid); });
    }

    Outcome<std::optional<std::string>> setting(const std::string& name) override {
        return m_file.first<std::string>(
            "SELECT value FROM setting WHERE name = ?", [&](Statement& s) { s.text(name); },
            [](const Statement& s) -> Outcome<std::string> { return s.textAt(0); });
    }

    Outcome<void> setSetting(const std::string& name, const std::string& value) override {
        return m_file.change("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                             [&](Statement& s) { s.text(name).text(value); });
    }

private:
    Outcome<std::vector<KeyRecord>> keysThatAre(const char* standing) {
        return m_file.rows<KeyRecord>(
            "SELECT kid, signing, made, place, public_jwk, entry FROM machine_key"
            " WHERE standing = ? ORDER BY signing, made DESC",
            [&](Statement& s) { s.text(standing); }, keyAt);
    }

    Outcome<void> putKeys(const std::vector<KeyRecord>& keys, const char* standing) {
        return m_file.together<void>([&](QSqlDatabase& database) -> Outcome<void> {
            if (std::string_view(standing) == nextKey)
                if (auto done = Statement(database, "DELETE FROM machine_key WHERE standing = 'next'").run(); !done)
                    return done;
            for (const KeyRecord& key : keys)
                if (auto done = putKey(database, key, standing); !done)
                    return done;
            return {};
        });
    }

    std::unique_ptr<LedgerThread> m_thread;
    LedgerAccess m_file{*m_thread};
    std::unique_ptr<Outbox> m_outbox = makeSqliteOutbox(*m_thread);
    std::unique_ptr<Uploads> m_uploads = makeSqliteUploads(*m_thread);
};

} // namespace

Outcome<std::shared_ptr<Ledger>> SqliteLedger::open(const std::string& path) {
    auto thread = LedgerThread::open(path);
    if (!thread)
        return thread.failed();
    return std::shared_ptr<Ledger>(std::make_shared<Implementation>(std::move(*thread)));
}

} // namespace sealwright
