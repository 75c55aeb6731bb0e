#include "app/profile/sqlite_ledger.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QUuid>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <thread>

using namespace sealwright;

namespace {

constexpr int tellEach = 40;
const std::string jobId = "7c0e8dbe-6a0e-4cf2-a5a2-1f3d24dc1c11";

std::shared_ptr<Ledger> opened(const QString& path) {
    auto ledger = SqliteLedger::open(path.toStdString());
    return ledger ? *ledger : nullptr;
}

crypto::VerificationKey verificationKey(Byte first) {
    Bytes raw(32, first);
    // The point's encoding does not matter here: a ledger keeps keys, it does not use them.
    auto key = crypto::VerificationKey::fromRaw(raw);
    return key ? *key : crypto::VerificationKey();
}

Receipt receipt(const std::string& name, Instant finished) {
    Receipt r;
    r.jobId = jobId;
    r.jobName = name;
    r.platformName = "platform.example";
    r.finished = finished;
    r.bucket = "cohort";
    r.object = "loader/a/b.csv";
    r.size = 5'000'000'000;
    r.records = 1'000'000;
    r.values = 4'000'000;
    r.compared = 3'999'999;
    r.sha256 = "aa";
    r.digest = "bb";
    r.canOpen = {"kid-1", "kid-2"};
    r.readable = {"sex", R"(name\.with "all" of [] it)"};
    r.signerKid = "kid-3";
    r.fields = 12;
    return r;
}

/// Work on the file behind the ledger's back.
void onFile(const QString& path, const QStringList& statements) {
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString& statement : statements)
            QVERIFY2(QSqlQuery(database).exec(statement), qPrintable(statement));
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
}

/// An event of that kind and id, into the outbox; its number, or 0.
std::uint64_t tell(Ledger& ledger, const std::string& eventId, JobEvent::Kind kind = JobEvent::Kind::Running,
                   const std::string& job = jobId, const Outbox::With& with = {}) {
    JobEvent event;
    event.kind = kind;
    event.eventId = eventId;
    event.jobId = job;
    event.machineId = "m-1";
    event.step = "seal";
    const auto number = ledger.outbox().add(event, {true, "amqps://mq.example", "ex", "key"}, with);
    return number ? *number : 0;
}

std::string freshId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

/// The other process: tells events and prints their numbers, one a line.
int takeNumbers(const char* path) {
    const auto ledger = SqliteLedger::open(path);
    if (!ledger)
        return 2;
    for (int i = 0; i < tellEach; ++i) {
        const auto number = std::optional(tell(**ledger, freshId()));
        if (!*number)
            return 3;
        std::printf("%llu\n", static_cast<unsigned long long>(*number));
    }
    return 0;
}

} // namespace

class ProfileTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<Ledger> m_ledger;

    void reopen() {
        m_ledger.reset();
        m_ledger = opened(m_path);
        QVERIFY(m_ledger);
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("profile.sqlite"));
        reopen();
    }

    void cleanup() { m_ledger.reset(); }

    void startsEmpty() {
        QVERIFY(m_ledger->keys()->empty());
        QVERIFY(!m_ledger->recoveryKitMade()->has_value());
        QVERIFY(!m_ledger->registration()->has_value());
        QVERIFY(m_ledger->jobs()->empty());
        QVERIFY(!m_ledger->job(jobId)->has_value());
        QVERIFY(m_ledger->receipts()->empty());
        QVERIFY(m_ledger->addresses()->empty());
        QVERIFY(!m_ledger->setting("machine.name")->has_value());
    }

    void onlyTheOwnerReadsItsFiles() {
        QVERIFY(m_ledger->setSetting("a", "b").ok());
        const auto files = QDir(m_folder->path()).entryInfoList(QDir::Files);
        QVERIFY(files.size() >= 2); // the file and its log
        for (const QFileInfo& file : files)
            QCOMPARE(
                int(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)),
                0);
    }

    void tightensAFileThatOthersCouldRead() {
        m_ledger.reset();
        QVERIFY(
            QFile(m_path).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        reopen();
        QCOMPARE(int(QFileInfo(m_path).permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
    }

    void keepsKeys() {
        const KeyRecord signing{"kid-s", true, 1'700'000'001, "the system keychain", R"({"kty":"OKP"})"};
        const KeyRecord opening{"kid-d", false, 1'700'000'000, "/home/é/keys", R"({"kty":"RSA"})"};
        QVERIFY(m_ledger->rememberKeys({signing}).ok());
        QVERIFY(m_ledger->rememberKeys({opening}).ok());
        reopen();
        const auto keys = m_ledger->keys();
        QVERIFY(keys.ok());
        QCOMPARE(keys->size(), std::size_t{2});
        const KeyRecord& first = keys->front();
        QCOMPARE(first.kid, opening.kid);
        QCOMPARE(first.signing, false);
        QCOMPARE(first.made, opening.made);
        QCOMPARE(first.place, opening.place);
        QCOMPARE(first.publicJwk, opening.publicJwk);
        QCOMPARE(keys->back().kid, signing.kid);
        QVERIFY(keys->back().signing);
    }

    void ofAPairBothAreKeptOrNeither() {
        m_ledger.reset();
        onFile(m_path, {QStringLiteral("CREATE TRIGGER no_signer BEFORE INSERT ON machine_key WHEN new.signing = 1"
                                       " BEGIN SELECT raise(ABORT, 'full'); END")});
        reopen();
        const auto kept = m_ledger->rememberKeys({{"d", false, 1, "here", "{}"}, {"s", true, 1, "here", "{}"}});
        QVERIFY(!kept && kept.error().code == Code::ProfileFailed);
        QCOMPARE(m_ledger->keys()->size(), std::size_t{0});
    }

    void aKeyRememberedAgainReplacesItself() {
        QVERIFY(m_ledger->rememberKeys({{"kid", false, 1, "here", "{}"}}).ok());
        QVERIFY(m_ledger->rememberKeys({{"kid", false, 1, "there", "{}"}}).ok());
        QCOMPARE(m_ledger->keys()->size(), std::size_t{1});
        QCOMPARE(m_ledger->keys()->front().place, std::string("there"));
    }

    void aRotationIsOneStepForKeysRegistrationAndKit() {
        const auto kids = [](const Outcome<std::vector<KeyRecord>>& keys) {
            std::string all;
            for (const KeyRecord& key : *keys)
                all += key.kid + (key.entry.empty() ? "" : "@" + key.entry) + " ";
            return all;
        };
        QVERIFY(m_ledger->rememberKeys({{"d1", false, 1, "here", "{}"}, {"s1", true, 1, "here", "{}"}}).ok());
        QVERIFY(m_ledger->rememberRecoveryKit(5).ok());
        const auto nothing = m_ledger->takeNextKeys(std::nullopt);
        QVERIFY(!nothing && nothing.error().code == Code::ProfileFailed);
        QCOMPARE(kids(m_ledger->keys()), std::string("d1 s1 "));
        QVERIFY(m_ledger->rememberNextKeys({{"dx", false, 2, "here", "{}", "dx"}, {"sx", true, 2, "here", "{}"}}).ok());
        QVERIFY(m_ledger->rememberNextKeys({{"d2", false, 2, "here", "{}", "d2"}, {"s2", true, 2, "here", "{}", "s2"}})
                    .ok()); // in place of the others
        reopen();
        QCOMPARE(kids(m_ledger->keys()), std::string("d1 s1 "));
        QCOMPARE(kids(m_ledger->nextKeys()), std::string("d2@d2 s2@s2 "));
        PinnedRegistration pinned;
        pinned.registration.machineId = "m";
        pinned.registration.keys.sig = {verificationKey(7)};
        QVERIFY(m_ledger->takeNextKeys(pinned).ok());
        reopen();
        QCOMPARE(kids(m_ledger->keys()), std::string("d2@d2 s2@s2 "));
        QCOMPARE(kids(m_ledger->formerKeys()), std::string("d1 s1 "));
        QVERIFY(m_ledger->nextKeys()->empty() && !*m_ledger->recoveryKitMade());
        QCOMPARE((*m_ledger->registration())->registration.machineId, std::string("m"));
        QVERIFY(m_ledger->rememberNextKeys({{"d3", false, 3, "here", "{}", "d3"}}).ok());
        QVERIFY(m_ledger->takeNextKeys(std::nullopt).ok());
        QCOMPARE(kids(m_ledger->formerKeys()), std::string("d2@d2 d1 s2@s2 s1 ")); // newest first
        QVERIFY(m_ledger->registration()->has_value());
    }

    void aRotationThatCannotBeKeptWholeIsNotKeptAtAll() {
        QVERIFY(m_ledger->rememberKeys({{"d1", false, 1, "here", "{}"}}).ok());
        QVERIFY(m_ledger->rememberNextKeys({{"d2", false, 2, "here", "{}", "d2"}}).ok());
        m_ledger.reset();
        onFile(m_path, {QStringLiteral("CREATE TRIGGER no_registration BEFORE INSERT ON registration"
                                       " BEGIN SELECT raise(ABORT, 'full'); END")});
        reopen();
        const auto taken = m_ledger->takeNextKeys(PinnedRegistration());
        QVERIFY(!taken && taken.error().code == Code::ProfileFailed);
        QCOMPARE(m_ledger->keys()->front().kid, std::string("d1"));
        QCOMPARE(m_ledger->nextKeys()->front().kid, std::string("d2"));
        QVERIFY(m_ledger->formerKeys()->empty());
    }

    void keepsWhenTheKitWasMade() {
        QVERIFY(m_ledger->rememberRecoveryKit(5).ok());
        QVERIFY(m_ledger->rememberRecoveryKit(7).ok());
        reopen();
        QCOMPARE(m_ledger->recoveryKitMade()->value(), Instant{7});
    }

    void keepsOneRegistration() {
        PinnedRegistration kept;
        kept.registration.machineId = "machine-1";
        kept.registration.platform = "https://platform.example";
        kept.registration.keys.sig = {verificationKey(1), verificationKey(2)};
        kept.registration.hosts = {"platform.example:443", "store.example:9000"};
        kept.registration.issued = 100;
        kept.registration.platformKid = kept.registration.keys.sig.front().kid;
        kept.registration.jws = "a.b.c";
        kept.machineName = "ward 3";
        kept.platformName = "The cohort";
        kept.caPem = "-----BEGIN CERTIFICATE-----\n";
        kept.caSha256 = "ab";
        kept.registeredAt = 101;
        QVERIFY(m_ledger->rememberRegistration(kept).ok());
        kept.registration.machineId = "machine-2";
        QVERIFY(m_ledger->rememberRegistration(kept).ok());
        reopen();
        const auto read = m_ledger->registration();
        QVERIFY(read.ok() && read->has_value());
        const PinnedRegistration& got = **read;
        QCOMPARE(got.registration.machineId, std::string("machine-2"));
        QCOMPARE(got.registration.platform, kept.registration.platform);
        QCOMPARE(got.registration.keys.sig.size(), std::size_t{2});
        QCOMPARE(got.registration.keys.sig[1].kid, kept.registration.keys.sig[1].kid);
        QVERIFY(got.registration.keys.enc.empty());
        QCOMPARE(got.registration.hosts, kept.registration.hosts);
        QCOMPARE(got.registration.issued, Instant{100});
        QCOMPARE(got.registration.platformKid, kept.registration.platformKid);
        QCOMPARE(got.registration.jws, kept.registration.jws);
        QCOMPARE(got.machineName, kept.machineName);
        QCOMPARE(got.platformName, kept.platformName);
        QCOMPARE(got.caPem, kept.caPem);
        QCOMPARE(got.caSha256, kept.caSha256);
        QCOMPARE(got.registeredAt, Instant{101});
    }

    void keepsJobs() {
        JobRecord job;
        job.jobId = jobId;
        job.jwsSha256 = "00ff";
        job.state = JobState::Running;
        job.expires = 10;
        job.changed = 5;
        job.inputPath = "/data/not \xff utf-8.csv";
        QVERIFY(m_ledger->rememberJob(job).ok());
        JobRecord later;
        later.jobId = "another";
        later.state = JobState::Failed;
        later.changed = 6;
        later.failureCode = "network.timeout";
        later.policyJson = R"({"version":1})";
        QVERIFY(m_ledger->rememberJob(later).ok());
        reopen();
        const auto read = m_ledger->job(jobId);
        QVERIFY(read.ok() && read->has_value());
        QCOMPARE((*read)->jwsSha256, job.jwsSha256);
        QVERIFY((*read)->state == JobState::Running);
        QCOMPARE((*read)->expires, Instant{10});
        QCOMPARE((*read)->changed, Instant{5});
        QCOMPARE((*read)->inputPath, job.inputPath);
        QVERIFY(!(*read)->policyJson);
        QCOMPARE((*read)->lastSequence, std::uint64_t{0});
        const auto all = m_ledger->jobs();
        QCOMPARE(all->size(), std::size_t{2});
        QCOMPARE(all->front().jobId, later.jobId);
        QCOMPARE(all->front().failureCode, later.failureCode);
        QVERIFY(all->front().policyJson == later.policyJson);
        QVERIFY(all->front().inputPath.empty());
    }

    void numbersOfEventsGoUpFromOne() {
        QCOMPARE(tell(*m_ledger, "a"), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "b"), std::uint64_t{2});
        QCOMPARE(tell(*m_ledger, "c", JobEvent::Kind::Running, "another"), std::uint64_t{1});
        QVERIFY(!m_ledger->job(jobId)->has_value()); // a number is no record
        QVERIFY(m_ledger->outbox().taken("b").ok());
        reopen();
        QCOMPARE(tell(*m_ledger, "d"), std::uint64_t{3}); // also where the last one is gone
        QCOMPARE(tell(*m_ledger, "d"), std::uint64_t{0}); // an id is good for one event, and takes no number
        QCOMPARE(tell(*m_ledger, "e"), std::uint64_t{4});
    }

    void rememberingAJobNeverTurnsItsNumbersBack() {
        JobRecord job;
        job.jobId = jobId;
        job.lastSequence = 4;
        QVERIFY(m_ledger->rememberJob(job).ok());
        QCOMPARE(tell(*m_ledger, "a"), std::uint64_t{5});
        job.lastSequence = 0;
        QVERIFY(m_ledger->rememberJob(job).ok());
        QCOMPARE((*m_ledger->job(jobId))->lastSequence, std::uint64_t{5});
        QCOMPARE(tell(*m_ledger, "b"), std::uint64_t{6});
    }

    void eventsWaitInOrderUntilTheyAreTaken() {
        Outbox& outbox = m_ledger->outbox();
        QVERIFY(outbox.waitingJobs()->empty());
        QVERIFY(!outbox.next(jobId)->has_value());
        QCOMPARE(tell(*m_ledger, "z", JobEvent::Kind::Claimed, "another"), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "y", JobEvent::Kind::Claimed), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "x"), std::uint64_t{2});
        reopen();
        Outbox& again = m_ledger->outbox();
        QCOMPARE(*again.waitingJobs(), (std::vector<std::string>{"another", jobId}));
        const auto first = again.next(jobId);
        QVERIFY(first.ok() && first->has_value());
        QCOMPARE((*first)->message.eventId, std::string("y"));
        QCOMPARE((*first)->message.jobId, std::string(jobId));
        QCOMPARE((*first)->sequence, std::uint64_t{1});
        QVERIFY((*first)->kind == JobEvent::Kind::Claimed);
        QVERIFY(((*first)->address == FeedbackAddress{true, "amqps://mq.example", "ex", "key"}));
        const auto body = crypto::parseControlJson((*first)->message.body);
        QVERIFY(body.ok());
        QCOMPARE(*body->find("sequence")->integer(), std::int64_t{1});
        QCOMPARE(*body->find("event_id")->string(), std::string("y"));
        QCOMPARE((*again.next(jobId))->message.body, (*first)->message.body);
        QVERIFY(again.taken("y").ok());
        QVERIFY(again.taken("y").ok());
        QCOMPARE((*again.next(jobId))->message.eventId, std::string("x"));
        QVERIFY(again.taken("z").ok());
        QCOMPARE(*again.waitingJobs(), std::vector<std::string>{jobId});
    }

    void progressThatWasNotSentIsForgottenForWhatFollows() {
        Outbox& outbox = m_ledger->outbox();
        tell(*m_ledger, "running");
        tell(*m_ledger, "of another", JobEvent::Kind::Progress, "another");
        tell(*m_ledger, "old", JobEvent::Kind::Progress);
        tell(*m_ledger, "new", JobEvent::Kind::Progress);
        QVERIFY(outbox.taken("running").ok());
        QCOMPARE((*outbox.next(jobId))->message.eventId, std::string("new"));
        tell(*m_ledger, "upload");
        QCOMPARE((*outbox.next(jobId))->message.eventId, std::string("upload"));
        QVERIFY(outbox.next("another")->has_value());
    }

    void anEventIsKeptTogetherWithWhatItSays() {
        JobRecord job;
        job.jobId = jobId;
        job.state = JobState::Done;
        job.jws = "e30.e30.c2ln";
        Receipt done = receipt("first", 10);
        done.jobId = jobId;
        QCOMPARE(tell(*m_ledger, "done", JobEvent::Kind::Done, jobId, {&job, &done}), std::uint64_t{1});
        reopen();
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Done);
        QCOMPARE((*m_ledger->job(jobId))->jws, job.jws);
        QCOMPARE((*m_ledger->job(jobId))->lastSequence, std::uint64_t{1});
        QVERIFY((*m_ledger->job(jobId))->reportPending);
        QVERIFY(m_ledger->jobs()->front().reportPending);
        QVERIFY(m_ledger->receipts()->front().reportPending);
        // Nothing of it where the event cannot be kept.
        job.state = JobState::Failed;
        QCOMPARE(tell(*m_ledger, "done", JobEvent::Kind::Failed, jobId, {&job, &done}), std::uint64_t{0});
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Done);
        QCOMPARE(m_ledger->receipts()->size(), std::size_t{1});
        QVERIFY(m_ledger->outbox().taken("done").ok());
        QVERIFY(!(*m_ledger->job(jobId))->reportPending);
        QVERIFY(!m_ledger->receipts()->front().reportPending);
    }

    void aReportIsPendingForEveryWayThatAJobEnds_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("ends");
        using Kind = JobEvent::Kind;
        for (const auto& [kind, ends] :
             {std::pair(Kind::Claimed, false), std::pair(Kind::Running, false), std::pair(Kind::Progress, false),
              std::pair(Kind::Done, true), std::pair(Kind::Failed, true), std::pair(Kind::Declined, true),
              std::pair(Kind::Returned, true)})
            QTest::newRow(std::string(toText(kind)).c_str()) << static_cast<int>(kind) << ends;
    }
    void aReportIsPendingForEveryWayThatAJobEnds() {
        QFETCH(int, kind);
        QFETCH(bool, ends);
        JobRecord job;
        job.jobId = jobId;
        tell(*m_ledger, "e", static_cast<JobEvent::Kind>(kind), jobId, {&job, nullptr});
        QCOMPARE((*m_ledger->job(jobId))->reportPending, ends);
    }

    void aDoneThatIsDroppedWasNone() {
        JobRecord job;
        job.jobId = jobId;
        job.state = JobState::Done;
        Receipt done = receipt("first", 10), other = receipt("of another", 9);
        done.jobId = jobId;
        other.jobId = "another";
        tell(*m_ledger, "another", JobEvent::Kind::Done, "another", {nullptr, &other});
        tell(*m_ledger, "done", JobEvent::Kind::Done, jobId, {&job, &done});
        QVERIFY(m_ledger->outbox().drop("done", Code::PlatformRejected).ok());
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Failed);
        QCOMPARE((*m_ledger->job(jobId))->failureCode, std::string("platform.rejected"));
        QCOMPARE(m_ledger->receipts()->size(), std::size_t{1});
        QCOMPARE(m_ledger->receipts()->front().jobName, other.jobName);
        QVERIFY(!m_ledger->outbox().next(jobId)->has_value());
        // Of other events goes nothing but the event.
        job.state = JobState::Declined;
        tell(*m_ledger, "declined", JobEvent::Kind::Declined, jobId, {&job, nullptr});
        QVERIFY(m_ledger->outbox().drop("declined", Code::PlatformRejected).ok());
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Declined);
        QVERIFY(m_ledger->outbox().drop("nothing", Code::PlatformRejected).ok());
    }

    void aJobIsHeldByOneAtATime() {
        Outbox& outbox = m_ledger->outbox();
        bool alive = true;
        const auto asked = [&alive](const std::string&) { return alive; };
        using Held = std::optional<std::string>;
        QVERIFY(*outbox.hold({jobId, "a", 100, 200}, asked) == Held());
        QVERIFY(*outbox.hold({jobId, "a", 110, 210}, asked) == Held());
        QVERIFY(*outbox.hold({jobId, "b", 110, 210}, asked) == Held("a"));
        QVERIFY(*outbox.hold({"another", "b", 110, 210}, asked) == Held());
        QVERIFY(outbox.letGo(jobId, "b").ok()); // not its own
        reopen();
        Outbox& again = m_ledger->outbox();
        QVERIFY(*again.hold({jobId, "b", 120, 220}, asked) == Held("a"));
        QVERIFY(*again.hold({jobId, "b", 211, 311}, asked) == Held()); // it had run out
        QVERIFY(*again.hold({jobId, "a", 150, 250}, asked) == Held()); // the clock was turned back
        QVERIFY(*again.hold({jobId, "b", 160, 260}, asked) == Held("a"));
        alive = false;
        QVERIFY(*again.hold({jobId, "b", 160, 260}, asked) == Held());
        alive = true;
        QVERIFY(again.letGo(jobId, "b").ok());
        QVERIFY(*again.hold({jobId, "a", 170, 270}, asked) == Held());
    }

    void aFileOfTheFirstVersionBecomesTodays() {
        m_ledger.reset();
        // As that version left it.
        onFile(m_path,
               {QStringLiteral("DROP TABLE outbox"), QStringLiteral("DROP TABLE outbox_hold"),
                QStringLiteral("DROP TABLE upload"), QStringLiteral("DROP TABLE upload_part"),
                QStringLiteral("ALTER TABLE job DROP COLUMN jws"),
                QStringLiteral("ALTER TABLE machine_key DROP COLUMN standing"),
                QStringLiteral("ALTER TABLE machine_key DROP COLUMN entry"), QStringLiteral("PRAGMA user_version = 1"),
                QStringLiteral("INSERT INTO job VALUES ('%1', '00ff', 'failed', 10, 5, 'network.timeout', x'', "
                               "NULL)")
                    .arg(QString::fromStdString(jobId)),
                QStringLiteral("INSERT INTO job_sequence VALUES ('%1', 7)").arg(QString::fromStdString(jobId))});
        reopen();
        const auto job = m_ledger->job(jobId);
        QVERIFY(job.ok() && job->has_value());
        QVERIFY((*job)->state == JobState::Failed && (*job)->jws.empty() && !(*job)->reportPending);
        QCOMPARE(tell(*m_ledger, "a"), std::uint64_t{8});
    }

    void receiptsAreNewestFirst() {
        for (const Receipt& one : {receipt("second", 20), receipt("first", 10), receipt("third", 20)})
            QVERIFY(tell(*m_ledger, freshId(), JobEvent::Kind::Done, jobId, {nullptr, &one}) > 0);
        reopen();
        const auto read = m_ledger->receipts();
        QCOMPARE(read->size(), std::size_t{3});
        QCOMPARE((*read)[0].jobName, std::string("third"));
        QCOMPARE((*read)[1].jobName, std::string("second"));
        const Receipt& got = (*read)[2];
        const Receipt want = receipt("first", 10);
        QCOMPARE(got.jobId, want.jobId);
        QCOMPARE(got.jobName, want.jobName);
        QCOMPARE(got.platformName, want.platformName);
        QCOMPARE(got.finished, want.finished);
        QCOMPARE(got.bucket, want.bucket);
        QCOMPARE(got.object, want.object);
        QCOMPARE(got.size, want.size);
        QCOMPARE(got.records, want.records);
        QCOMPARE(got.values, want.values);
        QCOMPARE(got.compared, want.compared);
        QCOMPARE(got.sha256, want.sha256);
        QCOMPARE(got.digest, want.digest);
        QCOMPARE(got.canOpen, want.canOpen);
        QCOMPARE(got.readable, want.readable);
        QCOMPARE(got.signerKid, want.signerKid);
        QCOMPARE(got.fields, want.fields);
    }

    void keepsTheAddressBook() {
        QVERIFY(m_ledger->addAddress({"Zoë", "kid-z", false, R"({"kty":"RSA"})", 3, "file, compared by phone"}).ok());
        QVERIFY(m_ledger->addAddress({"Ada", "kid-a", true, R"({"kty":"OKP"})", 2, "registration"}).ok());
        QVERIFY(m_ledger->addAddress({"Zoe", "kid-z", false, R"({"kty":"RSA"})", 4, "file"}).ok());
        reopen();
        const auto read = m_ledger->addresses();
        QCOMPARE(read->size(), std::size_t{2});
        QCOMPARE(read->front().name, std::string("Ada"));
        QVERIFY(read->front().signing);
        QCOMPARE(read->front().from, std::string("registration"));
        QCOMPARE(read->back().name, std::string("Zoe"));
        QCOMPARE(read->back().kid, std::string("kid-z"));
        QCOMPARE(read->back().jwk, std::string(R"({"kty":"RSA"})"));
        QCOMPARE(read->back().since, Instant{4});
        QVERIFY(m_ledger->removeAddress("kid-z").ok());
        QVERIFY(m_ledger->removeAddress("nobody").ok());
        QCOMPARE(m_ledger->addresses()->size(), std::size_t{1});
    }

    void keepsSettings() {
        QVERIFY(m_ledger->setSetting("machine.name", "ward 3").ok());
        QVERIFY(m_ledger->setSetting("machine.name", "").ok());
        reopen();
        QCOMPARE(m_ledger->setting("machine.name")->value(), std::string());
    }

    void manyThreadsAndProcessesTakeEachNumberOnce() {
        constexpr int processes = 3, threads = 3;
        std::vector<std::unique_ptr<QProcess>> children;
        for (int i = 0; i < processes; ++i) {
            children.push_back(std::make_unique<QProcess>());
            children.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("take-numbers"), m_path});
        }
        std::vector<std::uint64_t> taken;
        std::mutex mutex;
        std::vector<std::thread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                for (int n = 0; n < tellEach; ++n) {
                    const auto number = tell(*m_ledger, freshId());
                    const std::lock_guard lock(mutex);
                    taken.push_back(number);
                }
            });
        for (auto& worker : workers)
            worker.join();
        for (auto& child : children) {
            QVERIFY(child->waitForFinished(60000));
            QCOMPARE(child->exitCode(), 0);
            for (const QByteArray& line : child->readAllStandardOutput().trimmed().split('\n'))
                taken.push_back(line.toULongLong());
        }
        std::sort(taken.begin(), taken.end());
        QCOMPARE(taken.size(), std::size_t{tellEach * (processes + threads)});
        for (std::size_t i = 0; i < taken.size(); ++i)
            QCOMPARE(taken[i], std::uint64_t{i + 1});
    }

    void twoProcessesMayMakeTheFileAtOnce() {
        const QString fresh = m_folder->filePath(QStringLiteral("fresh.sqlite"));
        std::vector<std::unique_ptr<QProcess>> children;
        for (int i = 0; i < 4; ++i) {
            children.push_back(std::make_unique<QProcess>());
            children.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("take-numbers"), fresh});
        }
        for (auto& child : children) {
            QVERIFY(child->waitForFinished(60000));
            QCOMPARE(child->exitCode(), 0);
        }
        QCOMPARE(tell(*opened(fresh), freshId()), std::uint64_t{4 * tellEach + 1});
    }

    void refusesAFileOfANewerProgram() {
        m_ledger.reset();
        onFile(m_path, {QStringLiteral("PRAGMA user_version = 9999")});
        const auto ledger = SqliteLedger::open(m_path.toStdString());
        QVERIFY(!ledger.ok());
        QVERIFY(ledger.error().code == Code::ProfileFailed);
        QCOMPARE(ledger.error().facts.front(), m_path.toStdString());
    }

    void refusesWhatIsNoProfile() {
        const QString other = m_folder->filePath(QStringLiteral("other"));
        QFile file(other);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        const auto ledger = SqliteLedger::open(other.toStdString());
        QVERIFY(!ledger.ok() && ledger.error().code == Code::ProfileFailed);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(4096, 'x')); // untouched
        QVERIFY(!SqliteLedger::open(m_folder->filePath(QStringLiteral("no/folder.sqlite")).toStdString()).ok());
    }

    void aDamagedRowIsAFailureNotAGuess_data() {
        QTest::addColumn<QString>("statement");
        QTest::newRow("job state") << QStringLiteral("UPDATE job SET state = 'surprised'");
        QTest::newRow("receipt list") << QStringLiteral("UPDATE receipt SET can_open = '{'");
        QTest::newRow("receipt list of numbers") << QStringLiteral("UPDATE receipt SET readable = '[1]'");
        QTest::newRow("event kind") << QStringLiteral("UPDATE outbox SET kind = 'surprised'");
        QTest::newRow("registration keys") << QStringLiteral("UPDATE registration SET keys = '{}'");
        QTest::newRow("registration hosts") << QStringLiteral("UPDATE registration SET hosts = '7'");
    }

    void aDamagedRowIsAFailureNotAGuess() {
        QFETCH(QString, statement);
        JobRecord job;
        job.jobId = jobId;
        QVERIFY(m_ledger->rememberJob(job).ok());
        const Receipt one = receipt("r", 1);
        QVERIFY(tell(*m_ledger, "e", JobEvent::Kind::Done, "another", {nullptr, &one}) > 0);
        QVERIFY(m_ledger->rememberRegistration({}).ok());
        m_ledger.reset();
        onFile(m_path, {statement});
        reopen();
        const int failed = int(!m_ledger->jobs().ok()) + int(!m_ledger->receipts().ok()) +
                           int(!m_ledger->registration().ok()) + int(!m_ledger->outbox().next("another").ok());
        QCOMPARE(failed, 1);
    }
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "take-numbers") == 0)
        return takeNumbers(argv[2]);
    ProfileTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_profile.moc"
