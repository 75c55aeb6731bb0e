#include "tests/platform/core/job_store.h"
#include "tests/platform/core/migrations.h"
#include "tests/platform/core/registry.h"
#include "tests/platform/core/stack.h"
#include "tests/stack/stack_support.h"
#include "tests/support/platform/test_machine.h"

#include <QTemporaryDir>

#include <csignal>

using namespace sealwright;
using namespace sealwright::platform;
using test::stackValue;

namespace {

JobRow jobNamed(const std::string& id) {
    return {id, "machine", "a.b.c", JobState::Pending, 0, 1, std::int64_t{1} << 40};
}

} // namespace

/// The platform's database, the same on SQLite and on PostgreSQL.
class StackDatabaseTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    /// Fresh and empty: a file, or a schema of PostgreSQL.
    std::unique_ptr<Database> empty(bool postgres) {
        if (!postgres)
            return Database::sqlite(m_folder.filePath(QString::number(m_files++)).toStdString());
        const auto stack = stackFrom(stackValue("STACK").toStdString());
        auto database = Database::postgres(stack->database);
        database->run("DROP SCHEMA IF EXISTS trial CASCADE");
        database->run("CREATE SCHEMA trial");
        database->run("SET search_path TO trial");
        return database;
    }

private Q_SLOTS:
    void init() {
        if (QTest::currentDataTag() && QByteArray(QTest::currentDataTag()) == "PostgreSQL")
            NEED_STACK();
    }

    static void both() {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("SQLite") << false;
        QTest::newRow("PostgreSQL") << true;
    }

    void stepsAreTakenOnceAndKeepWhatIsThere_data() { both(); }
    void stepsAreTakenOnceAndKeepWhatIsThere() {
        QFETCH(bool, postgres);
        const auto database = empty(postgres);
        migrateTo(*database, 1);
        JobStore jobs(*database);
        jobs.add(jobNamed("one"));
        migrate(*database);
        migrate(*database);
        jobs.add(jobNamed("two"));
        const auto there = jobs.jobsOf("machine");
        QCOMPARE(there.size(), std::size_t{2});
        QCOMPARE(there[0].id, std::string("two")); // newest first
        QCOMPARE(there[1].expires, std::int64_t{1} << 40);
        QCOMPARE(database->run("SELECT step FROM migrations").size(), newestStep());
    }

    void aDatabaseOfANewerPlatformIsLeftAlone_data() { both(); }
    void aDatabaseOfANewerPlatformIsLeftAlone() {
        QFETCH(bool, postgres);
        const auto database = empty(postgres);
        migrate(*database);
        database->run("INSERT INTO migrations (step, taken) VALUES (?, ?)", {newestStep() + 1, 1});
        QVERIFY_THROWS_EXCEPTION(DatabaseFailure, migrate(*database));
    }

    void whatFailsInATransactionLeavesNothing_data() { both(); }
    void whatFailsInATransactionLeavesNothing() {
        QFETCH(bool, postgres);
        const auto database = empty(postgres);
        migrate(*database);
        JobStore jobs(*database);
        jobs.add(jobNamed("one"));
        jobs.addEvent({"e1", "one", "hash", "{}", 1, JobState::Claimed});
        const auto failing = [&] {
            jobs.addEvent({"e2", "one", "hash", "{}", 2, JobState::Done}, [&] { jobs.add(jobNamed("one")); });
        };
        QVERIFY_THROWS_EXCEPTION(DatabaseFailure, failing());
        if (postgres)
            database->run("SET search_path TO trial"); // the connection is a new one
        QCOMPARE(jobs.eventsOf("one").size(), std::size_t{1});
        QVERIFY(jobs.job("one")->state == JobState::Claimed);
        jobs.addEvent({"e2", "one", "hash", "{}", 2, JobState::Done});
        QVERIFY(jobs.job("one")->state == JobState::Done);
        QCOMPARE(jobs.job("one")->sequence, std::uint64_t{2});
    }

    void aRotationIsInForceFromTheFirstUseOfItsToken_data() { both(); }
    void aRotationIsInForceFromTheFirstUseOfItsToken() {
        QFETCH(bool, postgres);
        const auto database = empty(postgres);
        migrateTo(*database, 2);
        const auto first = test::TestMachine::make(), second = test::TestMachine::make();
        migrate(*database); // machines of before go on
        Registry registry(*database);
        const auto token = registry.invite(now() + 60);
        const auto machine = registry.add("one", first.keys(), token, "token 1");
        QCOMPARE(registry.issue(machine.id, 1000), Instant{1000});
        QCOMPARE(registry.issue(machine.id, 1000), Instant{1001}); // each later than the one before

        registry.rotate(machine.id, second.keys(), "token 2");
        registry.rotate(machine.id, second.keys(), "token 3"); // the answer was lost, and it was begun again
        QCOMPARE(registry.byToken("token 1")->enc.kid, first.decryption.kid());
        QCOMPARE(registry.byId(machine.id)->sig.kid, first.signing.kid());
        const auto rotated = registry.byToken("token 3");
        QCOMPARE(rotated->id, machine.id);
        QCOMPARE(rotated->enc.kid, second.decryption.kid());
        QCOMPARE(rotated->encKids(), (std::vector<std::string>{second.decryption.kid(), first.decryption.kid()}));
        QCOMPARE(rotated->signers().back().kid, first.signing.kid());
        QVERIFY(!registry.byToken("token 1"));
        QVERIFY(!registry.byToken("token 2"));
        registry.revoke(machine.id, true);
        QVERIFY(registry.byToken("token 3")->revoked);
        registry.revoke(machine.id, false);
        QVERIFY(!registry.byId(machine.id)->revoked);
    }
};

QTEST_GUILESS_MAIN(StackDatabaseTest)
#include "tst_database.moc"
