#include "app/services/compose.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/event_reporter.h"
#include "models/tasks/job_board.h"
#include "models/tasks/job_run.h"
#include "models/tasks/registering.h"
#include "tests/cli/cli_machine.h"
#include "tests/stack/stack_support.h"
#include "tests/support/platform/platform_process.h"

#include <set>

using namespace sealwright;
using namespace sealwright::test;
using tests::CliMachine;
using tests::Said;

namespace {

template <class T>
std::string codeOf(const Outcome<T>& outcome) {
    return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
}

QString text(const char* plain) {
    return QString::fromLatin1(plain);
}

bool killBroker() {
    return killServer(text("rabbitmq"), "AMQP_PID");
}

bool startBrokerAgain() {
    return tell(text("rabbitmq"), text("again"));
}

} // namespace

/// Whole jobs whose events go over the broker, while it goes and comes back. What is looked at is what the platform
/// took from its queue.
class StackAmqpJobsTest : public QObject {
    Q_OBJECT

    PlatformProcess m_platform;
    CliMachine m_machine;
    std::optional<Services> m_services;
    std::string m_machineId, m_jobId; ///< a fresh job for each test

    Said cli(const QStringList& arguments) const { return m_machine.run(arguments); }

    /// As a new process of the program would: what it knows is what the profile has.
    void restart() {
        m_services.reset();
        Configuration configuration;
        configuration.keystore = "file:" + m_machine.path(text("keys")).toStdString();
        configuration.passphrase.file = m_machine.path(text("passphrase")).toStdString();
        configuration.configDir = m_machine.path(text("profile")).toStdString();
        auto services = openServices(configuration);
        QVERIFY(services.ok());
        m_services = std::move(*services);
    }

    /// `at` is called once, when the run comes to that step.
    Outcome<Receipt> run(Step step, const std::function<void()>& at) {
        bool called = false;
        TaskContext context;
        context.progress = [&](const TaskProgress& progress) {
            if (progress.step == step && !std::exchange(called, true))
                at();
        };
        RunRequest request;
        request.jobId = m_jobId;
        request.inputPath = m_machine.work(text("people.csv")).toStdString();
        return runJob(*m_services, request, context);
    }
    Delivery deliver() {
        TaskContext context;
        const auto delivery = deliverEvents(*m_services, context);
        return delivery ? *delivery : Delivery{99, 99, delivery.error()};
    }

    struct There {
        std::vector<std::string> kinds;
        bool inOrder = true;
        std::string state;
        long count(const char* kind) const { return std::count(kinds.begin(), kinds.end(), kind); }
    };
    There there() {
        There all;
        const auto answer = m_platform.admin("GET", "/admin/jobs/" + m_jobId + "/events");
        if (!answer)
            return all;
        std::int64_t last = 0;
        std::set<std::string> ids;
        for (const auto& event : *answer->find("events")->array()) {
            const auto number = *event.find("sequence")->integer();
            all.inOrder = all.inOrder && number > last && ids.insert(*event.find("event_id")->string()).second;
            last = number;
            all.kinds.push_back(*event.find("kind")->string());
        }
        all.state = *answer->find("state")->string();
        return all;
    }
    std::string stateThere() { return there().state; }
    void allOfItArrivedOnce() {
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("done"), 30'000);
        const There all = there();
        QVERIFY(all.inOrder);
        QCOMPARE(all.count("claimed"), 1L);
        QCOMPARE(all.count("running"), 4L);
        QCOMPARE(all.count("done"), 1L);
        QCOMPARE(all.kinds.front(), std::string("claimed"));
        QCOMPARE(all.kinds.back(), std::string("done"));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY2(m_platform.startOnStack({text("--feedback"), text("amqp")}), m_platform.log());
        // The invitation pins the broker's authority by its hash.
        const Said said = m_machine.run({text("register"), text("--invite"), text("-"), text("--name"), text("Ward 3")},
                                        QByteArray::fromStdString(m_platform.invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        m_machineId = said.json()[text("machine_id")].toString().toStdString();
        restart();
    }

    void init() {
        const auto made = m_platform.admin("POST", "/admin/jobs",
                                           crypto::JsonObject{{"machine_id", m_machineId},
                                                              {"name", "One"},
                                                              {"source", crypto::JsonObject{{"kind", "local"}}},
                                                              {"bucket", "cohort"},
                                                              {"prefix", "loader/tests/"},
                                                              {"policy", crypto::JsonObject{{"version", 1}}}});
        QVERIFY(made);
        m_jobId = *made->find("job_id")->string();
        QByteArray people = "name,ward\n";
        for (int i = 0; i < 2000; ++i)
            people += "Somebody " + QByteArray::number(i) + ",3\n";
        QVERIFY(tests::writeFile(m_machine.work(text("people.csv")), people));
    }

    void theCommandLineRunsOneFromEndToEnd() {
        const auto id = QString::fromStdString(m_jobId);
        const auto feedback = cli({text("jobs"), text("show"), id}).json()[text("feedback")].toObject();
        QCOMPARE(feedback[text("kind")].toString(), text("amqp"));
        QCOMPARE(feedback[text("url")].toString(), stackValue("AMQPS_URL"));
        const auto shown = m_machine.say({text("jobs"), text("show"), id});
        QVERIFY2(shown.out.contains("reports to:") && shown.out.contains(stackValue("AMQPS_URL").toUtf8()), shown.out);
        const Said said = cli({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QVERIFY2(said.status == 0, said.out + said.err);
        allOfItArrivedOnce();
        // Every event came from the broker: none was sent to the platform itself.
        const auto log = m_platform.log();
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
        const auto receipt = run(static_cast<Step>(step), [] { QVERIFY(killBroker()); });
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
        restart();
        const auto tried = deliver();
        QCOMPARE(tried.sent, std::size_t{0});
        QCOMPARE(tried.why->code, Code::BrokerUnreachable);
        QVERIFY(startBrokerAgain());
        restart();
        QCOMPARE(deliver().waiting, std::size_t{0});
        allOfItArrivedOnce();
        QVERIFY(!(*m_services->ledger->job(m_jobId))->reportPending);
        QCOMPARE(deliver().sent, std::size_t{0});
    }

    void aClaimThatTheBrokerDoesNotTakeStartsNothing() {
        QVERIFY(killBroker());
        const auto outcome = run(Step::Read, [] {});
        QVERIFY(startBrokerAgain());
        QCOMPARE(codeOf(outcome), std::string("broker.unreachable"));
        QVERIFY(m_services->ledger->outbox().waitingJobs()->empty());
        QCOMPARE(codeOf(run(Step::Read, [] {})), std::string("ok"));
        allOfItArrivedOnce();
    }

    void aFailureIsTold() {
        QVERIFY(tests::writeFile(m_machine.work(text("people.csv")), "name,ward\n\"never closed\n"));
        const auto outcome = run(Step::Read, [] {});
        QVERIFY(!outcome.ok());
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("failed"), 30'000);
        QCOMPARE(there().count("failed"), 1L);
        QVERIFY(there().inOrder);
    }

    void aPasswordThatIsNoLongerGoodStartsNothing() {
        const auto ctl = stackValue("AMQP_CTL");
        QVERIFY(outputOf(ctl, {text("change_password"), stackValue("AMQP_USER"), text("another")}));
        restart(); // no connection is kept
        const Said said =
            cli({text("jobs"), text("run"), QString::fromStdString(m_jobId), text("--input"), text("people.csv")});
        QVERIFY(outputOf(ctl, {text("change_password"), stackValue("AMQP_USER"), stackValue("AMQP_PASSWORD")}));
        QCOMPARE(said.code(), text("broker.denied"));
        QCOMPARE(said.status, 6);
        QCOMPARE(stateThere(), std::string("pending"));
    }
};

QTEST_GUILESS_MAIN(StackAmqpJobsTest)
#include "tst_amqp_jobs.moc"
