#include "app/api/rest_job_api.h"
#include "tests/stack/publisher.h"
#include "tests/stack/stack_server.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/platform_process.h"
#include "tests/support/platform/test_machine.h"

#include <QUuid>

#include <csignal>

using namespace sealwright;
using namespace sealwright::test;
using crypto::JsonObject;

namespace {

std::string uuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

} // namespace

/// Events over the real broker, as the platform takes them.
class StackFeedbackTest : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    RestJobApi m_api{m_network};
    PlatformProcess m_platform;
    TestMachine m_machine = TestMachine::make();
    std::unique_ptr<Broker> m_machines, m_consumer;
    std::string m_jobId; ///< a fresh job for each test

    JobEvent event(JobEvent::Kind kind, std::uint64_t sequence) const {
        JobEvent made;
        made.kind = kind;
        made.eventId = uuid();
        made.jobId = m_jobId;
        made.machineId = m_machine.registration->machineId;
        made.sequence = sequence;
        made.at = now();
        made.step = "seal";
        made.reason = "data.csv.unclosed-quote";
        made.details = JsonObject{{"record", 3}};
        return made;
    }
    bool publish(const JobEvent& event) {
        return m_machines->publish(event.eventId, crypto::writeControlJson(toJson(event)));
    }
    /// The ids of the job's events in order, as the platform has them.
    std::vector<std::string> eventsThere() {
        std::vector<std::string> ids;
        if (const auto answer = m_platform.admin("GET", "/admin/jobs/" + m_jobId + "/events"))
            for (const auto& one : *answer->find("events")->array())
                ids.push_back(*one.find("event_id")->string());
        return ids;
    }
    std::string stateThere() {
        const auto answer = m_platform.admin("GET", "/admin/jobs/" + m_jobId + "/events");
        return answer ? *answer->find("state")->string() : std::string();
    }
    int refused() { return m_consumer->waiting("AMQP_REFUSED_QUEUE").value_or(-1); }
    bool order() {
        m_jobId = placeForId(m_platform, {m_machine.registration->machineId});
        return !m_jobId.empty();
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY2(m_platform.startOnStack({QStringLiteral("--feedback"), QStringLiteral("amqp")}), m_platform.log());
        QVERIFY(m_machine.registerWith(m_api, m_platform.invitation()).ok());
        m_machines = std::make_unique<Broker>("AMQP_USER", "AMQP_PASSWORD");
        m_consumer = std::make_unique<Broker>("AMQP_CONSUMER_USER", "AMQP_CONSUMER_PASSWORD");
        QVERIFY(m_machines->good() && m_consumer->good());
    }

    void init() { QVERIFY2(order(), m_platform.log()); }

    void theJobSaysWhereItsEventsGo() {
        const auto entry = m_api.job(m_machine.access, m_jobId, {});
        QVERIFY(entry);
        const auto job = acceptJob(entry->jws, m_machine.context());
        QVERIFY2(job, job ? "" : stableId(job.error().code).data()); // so the broker's host is one that is listed
        QVERIFY(job->feedback.amqp);
        QCOMPARE(job->feedback.url, stackValue("AMQPS_URL").toStdString());
        QCOMPARE(job->feedback.exchange, stackValue("AMQP_EXCHANGE").toStdString());
        QCOMPARE(job->feedback.routingKey, stackValue("AMQP_ROUTING_KEY").toStdString());
        const auto secrets = openJobSecrets(*job, m_machine.decryption);
        QVERIFY(secrets);
        QCOMPARE(secrets->amqpUser, stackValue("AMQP_USER").toStdString());
        QCOMPARE(std::string(asText(secrets->amqpPassword.reveal())), stackValue("AMQP_PASSWORD").toStdString());
    }

    void eventsAreTakenInTheirOrder() {
        const auto claimed = event(JobEvent::Kind::Claimed, 1), running = event(JobEvent::Kind::Running, 2),
                   failed = event(JobEvent::Kind::Failed, 5); // numbers may be missing
        QVERIFY(publish(claimed) && publish(running) && publish(failed));
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("failed"), 30'000);
        QCOMPARE(eventsThere(), (std::vector{claimed.eventId, running.eventId, failed.eventId}));
    }

    void whatIsDeliveredTwiceCountsOnce() {
        const auto before = refused();
        const auto claimed = event(JobEvent::Kind::Claimed, 1), running = event(JobEvent::Kind::Running, 2);
        QVERIFY(publish(claimed) && publish(claimed) && publish(running) && publish(claimed));
        QVERIFY(m_api.send(m_machine.access, messageOf(running), {}).ok()); // by the other way, too
        QTRY_COMPARE_WITH_TIMEOUT(eventsThere(), (std::vector{claimed.eventId, running.eventId}), 30'000);
        const auto last = event(JobEvent::Kind::Returned, 3);
        QVERIFY(publish(last));
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("returned"), 30'000); // so all before it were taken
        QCOMPARE(eventsThere().size(), std::size_t{3});
        QCOMPARE(refused(), before);
    }

    void whatComesTooLateIsPutAside() {
        const auto before = refused();
        QVERIFY(publish(event(JobEvent::Kind::Claimed, 3)) && publish(event(JobEvent::Kind::Running, 2)));
        QTRY_COMPARE_WITH_TIMEOUT(refused(), before + 1, 30'000);
        QCOMPARE(stateThere(), std::string("claimed"));
        QCOMPARE(eventsThere().size(), std::size_t{1});
    }

    void whatIsNoEventOfThisMachinesJobIsPutAside_data() {
        QTest::addColumn<QString>("what");
        for (const char* what :
             {"no JSON", "another id", "another type", "another machine", "another job", "one member more"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void whatIsNoEventOfThisMachinesJobIsPutAside() {
        QFETCH(QString, what);
        const auto before = refused();
        auto claimed = event(JobEvent::Kind::Claimed, 1);
        auto id = claimed.eventId;
        const auto* type = "application/json";
        if (what == QLatin1String("another id"))
            id = uuid();
        else if (what == QLatin1String("another type"))
            type = "text/plain";
        else if (what == QLatin1String("another machine"))
            claimed.machineId = uuid();
        else if (what == QLatin1String("another job"))
            claimed.jobId = uuid();
        auto body = toJson(claimed);
        if (what == QLatin1String("one member more"))
            body.object()->emplace_back("value", "somebody's");
        QVERIFY(m_machines->publish(id, what == QLatin1String("no JSON") ? "{" : crypto::writeControlJson(body), type));
        QTRY_COMPARE_WITH_TIMEOUT(refused(), before + 1, 30'000);
        QCOMPARE(stateThere(), std::string("pending"));
        QVERIFY(eventsThere().empty());
    }

    void aRevokedMachineIsNotHeard() {
        auto other = TestMachine::make();
        QVERIFY(other.registerWith(m_api, m_platform.invitation()).ok());
        std::swap(other, m_machine);
        const bool ordered = order();
        const auto claimed = event(JobEvent::Kind::Claimed, 1);
        std::swap(other, m_machine);
        QVERIFY(ordered);
        QVERIFY(m_platform.admin("POST", "/admin/machines/" + other.registration->machineId + "/revoke"));
        const auto before = refused();
        QVERIFY(publish(claimed));
        QTRY_COMPARE_WITH_TIMEOUT(refused(), before + 1, 30'000);
        QVERIFY(eventsThere().empty());
    }

    void whatCameWhileThePlatformWasOffIsTakenAfter() {
        const auto where = QString::fromStdString(m_platform.url()).mid(7);
        m_platform.stop();
        const auto claimed = event(JobEvent::Kind::Claimed, 1), running = event(JobEvent::Kind::Running, 2);
        QVERIFY(publish(claimed) && publish(running));
        QVERIFY2(m_platform.startOnStack(
                     {QStringLiteral("--feedback"), QStringLiteral("amqp"), QStringLiteral("--listen"), where}),
                 m_platform.log());
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("running"), 30'000);
        QCOMPARE(eventsThere(), (std::vector{claimed.eventId, running.eventId}));
    }

    void whileTheDatabaseIsAwayNothingIsLostAndNothingCountsTwice() {
        const auto before = refused();
        StackServer database(QStringLiteral("postgres"));
        QVERIFY(database.kill());
        const auto claimed = event(JobEvent::Kind::Claimed, 1), running = event(JobEvent::Kind::Running, 2);
        QVERIFY(publish(claimed) && publish(running));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_platform.log().contains("AMQP " + QByteArray::fromStdString(claimed.eventId) + " 503"), 30'000);
        QVERIFY(database.again());
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("running"), 30'000);
        QCOMPARE(eventsThere(), (std::vector{claimed.eventId, running.eventId}));
        QCOMPARE(refused(), before);
    }

    void whenTheBrokerComesBackEventsAreTakenAgain() {
        StackServer broker(QStringLiteral("rabbitmq"));
        QVERIFY(broker.kill() && broker.again());
        m_machines = std::make_unique<Broker>("AMQP_USER", "AMQP_PASSWORD");
        m_consumer = std::make_unique<Broker>("AMQP_CONSUMER_USER", "AMQP_CONSUMER_PASSWORD");
        const auto claimed = event(JobEvent::Kind::Claimed, 1);
        QVERIFY(publish(claimed));
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(), std::string("claimed"), 30'000);
    }
};

QTEST_GUILESS_MAIN(StackFeedbackTest)
#include "tst_feedback.moc"
