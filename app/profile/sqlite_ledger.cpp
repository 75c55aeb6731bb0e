#include "app/profile/sqlite_ledger.h"

#include "app/profile/ledger_rows.h"
#include "app/profile/ledger_thread.h"
#include "app/profile/statement.h"

namespace sealwright {

namespace {

class Implementation final : public Ledger {
public:
    explicit Implementation(std::unique_ptr<LedgerThread> thread) : m_thread(std::move(thread)) {}

    Outcome<std::vector<KeyRecord>> keys() override {
        return all<KeyRecord>("SELECT kid, signing, made, place, public_jwk FROM machine_key ORDER BY signing, made",
                              keyAt);
    }

    Outcome<void> rememberKeys(const std::vector<KeyRecord>& keys) override {
        return together([&](QSqlDatabase& database) -> Outcome<void> {
            for (const KeyRecord& key : keys) {
                Statement record(database, "INSERT OR REPLACE INTO machine_key (kid, signing, made, place, public_jwk)"
                                           " VALUES (?, ?, ?, ?, ?)");
                record.text(key.kid).number(key.signing).number(key.made).text(key.place).text(key.publicJwk);
                if (auto done = record.run(); !done)
                    return done;
            }
            return {};
        });
    }

    Outcome<std::optional<Instant>> recoveryKitMade() override {
        return first<Instant>("SELECT made FROM recovery_kit", nothingBound,
                              [](const Statement& s) -> Outcome<Instant> { return s.numberAt(0); });
    }

    Outcome<void> rememberRecoveryKit(Instant when) override {
        return change("INSERT OR REPLACE INTO recovery_kit (id, made) VALUES (1, ?)",
                      [&](Statement& s) { s.number(when); });
    }

    Outcome<std::optional<PinnedRegistration>> registration() override {
        return first<PinnedRegistration>(
            "SELECT machine_id, platform, keys, hosts, issued, platform_kid, jws, machine_name, platform_name, ca_pem,"
            " ca_sha256, registered_at FROM registration",
            nothingBound, registrationAt);
    }

    Outcome<void> rememberRegistration(const PinnedRegistration& kept) override {
        return change(
            "INSERT OR REPLACE INTO registration (id, machine_id, platform, keys, hosts, issued, platform_kid,"
            " jws, machine_name, platform_name, ca_pem, ca_sha256, registered_at)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [&](Statement& s) { bindRegistration(s, kept); });
    }

    Outcome<std::vector<JobRecord>> jobs() override {
        return all<JobRecord>("SELECT job.job_id, jws_sha256, state, expires, changed, coalesce(last, 0), failure_code,"
                              " input_path, policy FROM job LEFT JOIN job_sequence USING (job_id)"
                              " ORDER BY changed DESC, job.job_id",
                              jobAt);
    }

    Outcome<std::optional<JobRecord>> job(const std::string& jobId) override {
        return first<JobRecord>(
            "SELECT job.job_id, jws_sha256, state, expires, changed, coalesce(last, 0), failure_code,"
            " input_path, policy FROM job LEFT JOIN job_sequence USING (job_id)"
            " WHERE job.job_id = ?",
            [&](Statement& s) { s.text(jobId); }, jobAt);
    }

    Outcome<void> rememberJob(const JobRecord& job) override {
        return together([&](QSqlDatabase& database) -> Outcome<void> {
            Statement record(database, "INSERT OR REPLACE INTO job (job_id, jws_sha256, state, expires, changed,"
                                       " failure_code, input_path, policy) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            bindJob(record, job);
            if (auto done = record.run(); !done)
                return done;
            Statement sequence(database, "INSERT INTO job_sequence (job_id, last) VALUES (?, ?)"
                                         " ON CONFLICT (job_id) DO UPDATE SET last = max(last, excluded.last)");
            sequence.text(job.jobId).number(job.lastSequence);
            return sequence.run();
        });
    }

    Outcome<std::uint64_t> nextSequence(const std::string& jobId) override {
        return on<std::uint64_t>([&](QSqlDatabase& database) -> Outcome<std::uint64_t> {
            // One statement is one transaction.
            Statement statement(database, "INSERT INTO job_sequence (job_id, last) VALUES (?, 1)"
                                          " ON CONFLICT (job_id) DO UPDATE SET last = last + 1 RETURNING last");
            statement.text(jobId);
            if (auto done = statement.run(); !done)
                return done.failed();
            if (!statement.next())
                return fail(statement.damaged());
            const std::uint64_t taken = statement.countAt(0);
            // The row is there before the statement has ended, and only its end commits.
            while (statement.next()) {
            }
            return taken;
        });
    }

    Outcome<void> addReceipt(const Receipt& receipt) override {
        return change(
            "INSERT INTO receipt (job_id, job_name, platform_name, finished, bucket, object, size, records, vals,"
            " compared, sha256, digest, can_open, readable, signer_kid, fields)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [&](Statement& s) { bindReceipt(s, receipt); });
    }

    Outcome<std::vector<Receipt>> receipts() override {
        return all<Receipt>(
            "SELECT job_id, job_name, platform_name, finished, bucket, object, size, records, vals, compared,"
            " sha256, digest, can_open, readable, signer_kid, fields FROM receipt"
            " ORDER BY finished DESC, id DESC",
            receiptAt);
    }

    Outcome<std::vector<AddressEntry>> addresses() override {
        return all<AddressEntry>("SELECT name, kid, signing, jwk, since, origin FROM address ORDER BY name, kid",
                                 addressAt);
    }

    Outcome<void> addAddress(const AddressEntry& entry) override {
        return change(
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
        return change("DELETE FROM address WHERE kid = ?", [&](Statement& s) { s.text(kid); });
    }

    Outcome<std::optional<std::string>> setting(const std::string& name) override {
        return first<std::string>(
            "SELECT value FROM setting WHERE name = ?", [&](Statement& s) { s.text(name); },
            [](const Statement& s) -> Outcome<std::string> { return s.textAt(0); });
    }

    Outcome<void> setSetting(const std::string& name, const std::string& value) override {
        return change("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                      [&](Statement& s) { s.text(name).text(value); });
    }

private:
    using Bind = std::function<void(Statement&)>;
    static void nothingBound(Statement&) {}

    template <class T>
    Outcome<T> on(const std::function<Outcome<T>(QSqlDatabase&)>& work) {
        std::optional<Outcome<T>> result;
        m_thread->run([&](QSqlDatabase& database) { result.emplace(work(database)); });
        return std::move(*result);
    }

    Outcome<void> change(const char* sql, const Bind& bind) {
        return on<void>([&](QSqlDatabase& database) {
            Statement statement(database, sql);
            bind(statement);
            return statement.run();
        });
    }

    /// All of `work` or nothing of it.
    Outcome<void> together(const std::function<Outcome<void>(QSqlDatabase&)>& work) {
        return on<void>([&](QSqlDatabase& database) -> Outcome<void> {
            if (auto begun = Statement(database, "BEGIN IMMEDIATE").run(); !begun)
                return begun;
            auto done = work(database);
            if (done)
                done = Statement(database, "COMMIT").run();
            if (!done)
                (void)Statement(database, "ROLLBACK").run();
            return done;
        });
    }

    template <class T>
    Outcome<std::vector<T>> rows(const char* sql, const Bind& bind, Outcome<T> (*read)(const Statement&)) {
        return on<std::vector<T>>([&](QSqlDatabase& database) -> Outcome<std::vector<T>> {
            Statement statement(database, sql);
            bind(statement);
            if (auto done = statement.run(); !done)
                return done.failed();
            std::vector<T> found;
            while (statement.next()) {
                auto row = read(statement);
                if (!row)
                    return row.failed();
                found.push_back(std::move(*row));
            }
            return found;
        });
    }

    template <class T>
    Outcome<std::vector<T>> all(const char* sql, Outcome<T> (*read)(const Statement&)) {
        return rows<T>(sql, nothingBound, read);
    }

    template <class T>
    Outcome<std::optional<T>> first(const char* sql, const Bind& bind, Outcome<T> (*read)(const Statement&)) {
        auto found = rows<T>(sql, bind, read);
        if (!found)
            return found.failed();
        if (found->empty())
            return std::optional<T>();
        return std::optional<T>(std::move(found->front()));
    }

    std::unique_ptr<LedgerThread> m_thread;
};

} // namespace

Outcome<std::shared_ptr<Ledger>> SqliteLedger::open(const std::string& path) {
    auto thread = LedgerThread::open(path);
    if (!thread)
        return thread.failed();
    return std::shared_ptr<Ledger>(std::make_shared<Implementation>(std::move(*thread)));
}

} // namespace sealwright
