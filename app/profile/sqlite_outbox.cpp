#include "app/profile/sqlite_outbox.h"

#include "app/profile/ledger_access.h"
#include "app/profile/ledger_rows.h"
#include "app/profile/sqlite_uploads.h"

namespace sealwright {

namespace {

/// One number as the statement's only row. One statement is one transaction, or a part of the caller's.
Outcome<std::uint64_t> numberFrom(Statement& statement) {
    if (auto done = statement.run(); !done)
        return done.failed();
    if (!statement.next())
        return fail(statement.damaged());
    const std::uint64_t number = statement.countAt(0);
    // The row is there before the statement has ended, and only its end lets the transaction commit.
    while (statement.next()) {
    }
    return number;
}

Outcome<std::optional<std::string>> textFrom(Statement& statement) {
    if (auto done = statement.run(); !done)
        return done.failed();
    std::optional<std::string> text;
    while (statement.next())
        text = statement.textAt(0);
    return text;
}

class Implementation final : public Outbox {
public:
    explicit Implementation(LedgerThread& thread) : m_file(thread) {}

    Outcome<std::uint64_t> add(const JobEvent& event, const FeedbackAddress& address, const With& with) override {
        return m_file.together<std::uint64_t>([&](QSqlDatabase& database) -> Outcome<std::uint64_t> {
            Statement number(database, "INSERT INTO job_sequence (job_id, last) VALUES (?, 1)"
                                       " ON CONFLICT (job_id) DO UPDATE SET last = last + 1 RETURNING last");
            number.text(event.jobId);
            const auto sequence = numberFrom(number);
            if (!sequence)
                return sequence.failed();
            Statement oldNews(database, "DELETE FROM outbox WHERE job_id = ? AND kind = 'progress'");
            if (auto done = oldNews.text(event.jobId).run(); !done)
                return done.failed();
            if (auto done = insert(database, event, *sequence, address); !done)
                return done.failed();
            if (with.job)
                if (auto done = putJob(database, *with.job); !done)
                    return done.failed();
            if (with.receipt)
                if (auto done = putReceipt(database, *with.receipt); !done)
                    return done.failed();
            if (auto done = settle(database, event.jobId, with.upload); !done)
                return done.failed();
            return *sequence;
        });
    }

    Outcome<std::vector<std::string>> waitingJobs() override {
        return m_file.all<std::string>("SELECT job_id FROM outbox GROUP BY job_id ORDER BY min(rowid)",
                                       [](const Statement& s) -> Outcome<std::string> { return s.textAt(0); });
    }

    Outcome<std::optional<WaitingEvent>> next(const std::string& jobId) override {
        return m_file.first<WaitingEvent>(
            "SELECT event_id, job_id, sequence, kind, amqp, url, exchange, routing_key, body FROM outbox"
            " WHERE job_id = ? ORDER BY sequence LIMIT 1",
            [&](Statement& s) { s.text(jobId); }, waitingEventAt);
    }

    Outcome<void> taken(const std::string& eventId) override {
        return m_file.change("DELETE FROM outbox WHERE event_id = ?", [&](Statement& s) { s.text(eventId); });
    }

    Outcome<void> drop(const std::string& eventId, Code why) override {
        return m_file.together<void>([&](QSqlDatabase& database) -> Outcome<void> {
            Statement event(database, "SELECT job_id FROM outbox WHERE event_id = ? AND kind = 'done'");
            const auto doneJob = textFrom(event.text(eventId));
            if (!doneJob)
                return doneJob.failed();
            if (*doneJob) {
                Statement job(database, "UPDATE job SET state = 'failed', failure_code = ? WHERE job_id = ?");
                if (auto done = job.text(std::string(stableId(why))).text(**doneJob).run(); !done)
                    return done;
                if (auto done = giveUpWhatReceiptNames(database, **doneJob); !done)
                    return done;
                Statement receipt(database, "DELETE FROM receipt WHERE job_id = ?");
                if (auto done = receipt.text(**doneJob).run(); !done)
                    return done;
            }
            Statement gone(database, "DELETE FROM outbox WHERE event_id = ?");
            return gone.text(eventId).run();
        });
    }

    Outcome<std::optional<std::string>> hold(const Hold& hold,
                                             const std::function<bool(const std::string& holder)>& alive) override {
        using Held = std::optional<std::string>;
        return m_file.together<Held>([&](QSqlDatabase& database) -> Outcome<Held> {
            Statement now(database,
                          "SELECT holder FROM outbox_hold WHERE job_id = ? AND holder <> ? AND until BETWEEN ? AND ?");
            auto other = textFrom(now.text(hold.jobId).text(hold.holder).number(hold.from).number(hold.until));
            if (!other)
                return other.failed();
            if (*other && alive(**other))
                return other;
            Statement take(database, "INSERT OR REPLACE INTO outbox_hold (job_id, holder, until) VALUES (?, ?, ?)");
            if (auto done = take.text(hold.jobId).text(hold.holder).number(hold.until).run(); !done)
                return done.failed();
            return Held();
        });
    }

    Outcome<void> letGo(const std::string& jobId, const std::string& holder) override {
        return m_file.change("DELETE FROM outbox_hold WHERE job_id = ? AND holder = ?",
                             [&](Statement& s) { s.text(jobId).text(holder); });
    }

private:
    static Outcome<void> settle(QSqlDatabase& database, const std::string& jobId, With::Upload upload) {
        switch (upload) {
        case With::Upload::Stays:
            break;
        case With::Upload::Ends:
            return endUpload(database, jobId);
        case With::Upload::IsGivenUp:
            return giveUpUpload(database, jobId);
        }
        return {};
    }
    static Outcome<void> insert(QSqlDatabase& database, JobEvent event, std::uint64_t sequence,
                                const FeedbackAddress& address) {
        event.sequence = sequence;
        Statement statement(database, "INSERT INTO outbox (event_id, job_id, sequence, kind, amqp, url, exchange,"
                                      " routing_key, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        return statement.text(event.eventId)
            .text(event.jobId)
            .number(sequence)
            .text(std::string(toText(event.kind)))
            .number(address.amqp)
            .text(address.url)
            .text(address.exchange)
            .text(address.routingKey)
            .bytes(messageOf(event).body)
            .run();
    }

    LedgerAccess m_file;
};

} // namespace

std::unique_ptr<Outbox> makeSqliteOutbox(LedgerThread& thread) {
    return std::make_unique<Implementation>(thread);
}

} // namespace sealwright
