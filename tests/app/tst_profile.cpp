#include "tests/app/profile_given.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

crypto::VerificationKey verificationKey(Byte first) {
    Bytes raw(32, first);
    // The point's encoding does not matter here: a ledger keeps keys, it does not use them.
    auto key = crypto::VerificationKey::fromRaw(raw);
    return key ? *key : crypto::VerificationKey();
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

} // namespace

/// What the profile keeps, and files that are none.
class ProfileTest : public QObject, private GivenProfile {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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

QTEST_GUILESS_MAIN(ProfileTest)
#include "tst_profile.moc"
