#include "tests/cli/texts.h"
#include "tests/stack/stack_machine.h"
#include "tests/stack/stack_server.h"
#include "tests/support/faults/fault_report.h"

using namespace sealwright;
using namespace sealwright::test;
using tests::Said;
using tests::text;

/// Whole jobs whose events go over the broker, while it goes and comes back. What is looked at is what the platform
/// took from its queue.
class StackAmqpJobsTest : public QObject {
    Q_OBJECT

    StackMachine m_machine;
    StackServer m_broker{text("rabbitmq")};
    std::string m_jobId; ///< a fresh job for each test

    Said cli(const QStringList& arguments) const { return m_machine.cli.run(arguments); }
    Outcome<Receipt> run(Step step, const std::function<void()>& at) { return m_machine.runUntil(m_jobId, step, at); }
    ToldEvents there() { return m_machine.there(m_jobId); }
    std::string stateThere() { return there().state; }
    void allOfItArrivedOnce() {
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("done"), 30'000);
        const auto all = there();
        QVERIFY(all.inOrder);
        QCOMPARE(all.count("claimed"), 1L);
        QCOMPARE(all.count("running"), 4L);
        QCOMPARE(all.count("done"), 1L);
        QCOMPARE(all.kinds.front(), std::string("claimed"));
        QCOMPARE(all.kinds.back(), std::string("done"));
    }

    /// Who is connected as that user is thrown out.
    static bool changePassword(const QByteArray& password) {
        return outputOf(stackValue("AMQP_CTL"),
                        {text("change_password"), stackValue("AMQP_USER"), QString::fromUtf8(password)}) &&
               outputOf(stackValue("AMQP_CTL"),
                        {text("close_all_user_connections"), stackValue("AMQP_USER"), text("another password")});
    }
    void givePasswordBack() {
        QVERIFY(changePassword(stackValue("AMQP_PASSWORD").toUtf8()));
        QVERIFY(m_machine.platform.admin("POST", "/admin/broker-login",
                                         crypto::JsonObject{{"user", stackValue("AMQP_USER").toStdString()},
                                                            {"password", stackValue("AMQP_PASSWORD").toStdString()}}));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        const auto said = m_machine.start();
        QVERIFY2(said.isEmpty(), said);
    }

    void init() {
        m_jobId = m_machine.order(localSource());
        QVERIFY(!m_jobId.empty());
        QVERIFY(m_machine.writePeople());
    }

    void cleanup() { QVERIFY(m_broker.again()); }

    void theCommandLineRunsOneFromEndToEnd() {
        const auto id = QString::fromStdString(m_jobId);
        const auto feedback = cli({text("jobs"), text("show"), id}).json()[text("feedback")].toObject();
        QCOMPARE(feedback[text("kind")].toString(), text("amqp"));
        QCOMPARE(feedback[text("url")].toString(), stackValue("AMQPS_URL"));
        const auto shown = m_machine.cli.say({text("jobs"), text("show"), id});
        QVERIFY2(shown.out.contains("reports to:") && shown.out.contains(stackValue("AMQPS_URL").toUtf8()), shown.out);
        const Said said = cli({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QVERIFY2(said.status == 0, said.out + said.err);
        allOfItArrivedOnce();
        // Every event came from the broker: none was sent to the platform itself.
        const auto log = m_machine.platform.log();
        QVERIFY(log.contains("AMQP "));
        QVERIFY(!log.contains("POST /v1/jobs/" + QByteArray::fromStdString(m_jobId) + "/events"));
    }

    void whatHappensWhileTheBrokerIsAwayIsToldAfterARestart_data() {
        QTest::addColumn<int>("step");
        for (const Step step : {Step::Read, Step::Check, Step::Upload, Step::Report})
            QTest::newRow(std::string(toText(step)).c_str()) << static_cast<int>(step);
    }
    void whatHappensWhileTheBrokerIsAwayIsToldAfterARestart() {
        QFETCH(int, step);
        const auto receipt = run(static_cast<Step>(step), [&] { QVERIFY(m_broker.kill()); });
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
        QVERIFY(m_machine.restart());
        const auto tried = m_machine.deliver();
        QCOMPARE(tried.sent, std::size_t{0});
        QCOMPARE(tried.why->code, Code::BrokerUnreachable);
        QVERIFY(m_broker.again());
        QVERIFY(m_machine.restart());
        QCOMPARE(m_machine.deliver().waiting, std::size_t{0});
        allOfItArrivedOnce();
        QVERIFY(!(*m_machine.services->ledger->job(m_jobId))->reportPending);
        QCOMPARE(m_machine.deliver().sent, std::size_t{0});
    }

    void aClaimThatTheBrokerDoesNotTakeStartsNothing() {
        QVERIFY(m_broker.kill());
        const auto outcome = run(Step::Read, [] {});
        QVERIFY(m_broker.again());
        QCOMPARE(codeOf(outcome), std::string("broker.unreachable"));
        QVERIFY(m_machine.services->ledger->outbox().waitingJobs()->empty());
        QCOMPARE(codeOf(run(Step::Read, [] {})), std::string("ok"));
        allOfItArrivedOnce();
    }

    void aFailureIsTold() {
        QVERIFY(tests::writeFile(m_machine.cli.work(text("people.csv")), "name,ward\n\"never closed\n"));
        const auto outcome = run(Step::Read, [] {});
        QVERIFY(!outcome.ok());
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("failed"), 30'000);
        QCOMPARE(there().count("failed"), 1L);
        QVERIFY(there().inOrder);
    }

    void aPasswordThatIsNoLongerGoodStartsNothing() {
        QVERIFY(changePassword("another"));
        QVERIFY(m_machine.restart()); // no connection is kept
        const Said said =
            cli({text("jobs"), text("run"), QString::fromStdString(m_jobId), text("--input"), text("people.csv")});
        QVERIFY(changePassword(stackValue("AMQP_PASSWORD").toUtf8()));
        QCOMPARE(said.code(), text("broker.denied"));
        QCOMPARE(said.status, 6);
        QCOMPARE(stateThere(), std::string("pending"));
        QVERIFY(noteFault({"credentials-revoked", "rabbitmq", "changed the user's password; the platform gave no other",
                           "nothing was begun"},
                          said.json()));
    }

    void aPasswordChangedUnderWayIsAskedForAnew() {
        const auto receipt = run(Step::Seal, [&] {
            QVERIFY(changePassword("another"));
            QVERIFY(m_machine.platform.admin(
                "POST", "/admin/broker-login",
                crypto::JsonObject{{"user", stackValue("AMQP_USER").toStdString()}, {"password", "another"}}));
        });
        QCOMPARE(codeOf(receipt), std::string("ok"));
        allOfItArrivedOnce();
        QVERIFY(m_machine.platform.log().contains("GET /v1/jobs/" + QByteArray::fromStdString(m_jobId) +
                                                  "/credentials 200"));
        givePasswordBack();
        QVERIFY(noteFault({"credentials-revoked", "rabbitmq",
                           "changed the user's password while the data were sealed; the platform gave the new one",
                           "the events went on with the new one: each once, in order"}));
    }

    void soIsOneThatWasChangedWhileTheEventsWaited() {
        const auto receipt = run(Step::Read, [&] { QVERIFY(m_broker.kill()); });
        QVERIFY(receipt.ok() && receipt->reportPending);
        QVERIFY(m_broker.again());
        QVERIFY(changePassword("another"));
        QVERIFY(m_machine.restart());
        const auto denied = m_machine.deliver(); // the platform does not know yet
        QCOMPARE(denied.sent, std::size_t{0});
        QCOMPARE(denied.why->code, Code::BrokerDenied);
        QVERIFY(m_machine.platform.admin(
            "POST", "/admin/broker-login",
            crypto::JsonObject{{"user", stackValue("AMQP_USER").toStdString()}, {"password", "another"}}));
        QVERIFY(m_machine.restart());
        QCOMPARE(m_machine.deliver().waiting, std::size_t{0});
        allOfItArrivedOnce();
        QVERIFY(!(*m_machine.services->ledger->job(m_jobId))->reportPending);
        givePasswordBack();
    }
};

QTEST_GUILESS_MAIN(StackAmqpJobsTest)
#include "tst_amqp_jobs.moc"
