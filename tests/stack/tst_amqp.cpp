#include "tests/stack/amqp_teller.h"
#include "tests/stack/stack_server.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/fault_proxy.h"

#include <thread>

using namespace sealwright;
using namespace sealwright::test;
using namespace std::chrono_literals;

namespace {

constexpr net::Backoff someTimes{6, 10ms, 50ms};

} // namespace

/// The client for AMQP against the real broker, and what goes wrong there.
class StackAmqpTest : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    std::unique_ptr<BrokerDesk> m_desk;

    std::vector<std::string> idsThere() {
        std::vector<std::string> ids;
        for (const auto& message : m_desk->take())
            ids.push_back(message.id);
        return ids;
    }
    /// Those of `wanted` that are there, once each, in their order. A broker that was killed gives again what had been
    /// taken from it just before.
    std::vector<std::string> there(const std::vector<std::string>& wanted) {
        std::vector<std::string> found;
        for (const auto& id : idsThere())
            if (std::count(wanted.begin(), wanted.end(), id) > 0 && std::count(found.begin(), found.end(), id) == 0)
                found.push_back(id);
        return found;
    }
    static std::string brokersPort() { return std::to_string(QUrl(stackValue("AMQPS_URL")).port()); }
    static std::string urlOf(const FaultProxy& proxy) { return "amqps://127.0.0.1:" + std::to_string(proxy.port()); }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        m_desk = std::make_unique<BrokerDesk>();
        QVERIFY(m_desk->good());
    }

    void init() {
        if (m_desk)
            m_desk->take();
    }

    void messagesArriveWholeAndInOrder() {
        AmqpFeedback feedback(m_network, once);
        const Teller teller;
        const std::string large(3u << 20, 'x'); // more than one frame, and more than any buffer
        QCOMPARE(teller.tell(feedback, "one", R"({"kind":"running"})"), std::string("sent"));
        QCOMPARE(teller.tell(feedback, "two", large), std::string("sent"));
        QCOMPARE(teller.tell(feedback, "three"), std::string("sent"));
        const auto got = m_desk->take();
        QCOMPARE(got.size(), std::size_t{3});
        QCOMPARE(got[0].id, std::string("one"));
        QCOMPARE(got[0].body, std::string(R"({"kind":"running"})"));
        QCOMPARE(got[0].contentType, std::string("application/json"));
        QVERIFY(got[0].persistent && got[1].persistent);
        QVERIFY(got[1].id == "two" && got[1].body == large);
        QCOMPARE(got[2].id, std::string("three"));
    }

    void oneConnectionServesManyMessages() {
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        AmqpFeedback feedback(m_network, once);
        const Teller teller(urlOf(proxy));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(teller.tell(feedback, uuid()), std::string("sent"));
        QCOMPARE(proxy.requests().size(), std::size_t{1});
        Teller other(urlOf(proxy)); // a kept connection is no way around a password
        other.setPassword("wrong");
        QCOMPARE(other.tell(feedback, uuid()), std::string("broker.denied"));
        QCOMPARE(proxy.requests().size(), std::size_t{2});
    }

    void fromSeveralThreadsAtOnce() {
        AmqpFeedback feedback(m_network, once);
        std::vector<std::thread> threads;
        std::atomic<int> sent{0};
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const Teller teller;
                for (int n = 0; n < 5; ++n)
                    sent += teller.tell(feedback, uuid()) == "sent";
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(sent.load(), 20);
        QCOMPARE(m_desk->take().size(), std::size_t{20});
    }

    void withoutTlsToThisMachineAlone() {
        AmqpFeedback feedback(m_network, once);
        QCOMPARE(Teller(stackValue("AMQP_URL").toStdString()).tell(feedback, "plain"), std::string("sent"));
        QCOMPARE(idsThere(), std::vector<std::string>{"plain"});
        QCOMPARE(Teller("amqp://mq.example:5672").tell(feedback, "plain"), std::string("job.invalid"));
    }

    void aHostThatIsNotListedIsNeverSpokenTo() {
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        AmqpFeedback feedback(m_network, once);
        Teller teller(urlOf(proxy));
        teller.access.hosts = {"127.0.0.1:1"};
        QCOMPARE(teller.tell(feedback, uuid()), std::string("job.host-not-listed"));
        QCOMPARE(proxy.requests().size(), std::size_t{0});
    }

    void whatTheBrokerRefusesHasANameEach_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* what, const char* code) {
            QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(code);
        };
        row("password", "broker.denied");
        row("virtual host", "broker.denied");
        row("exchange", "broker.no-exchange");
        row("routing key", "broker.no-queue");
        row("permission", "broker.denied");
    }
    void whatTheBrokerRefusesHasANameEach() {
        QFETCH(QString, what);
        QFETCH(QString, code);
        AmqpFeedback feedback(m_network, someTimes);
        Teller teller;
        if (what == QLatin1String("password"))
            teller.setPassword("wrong");
        else if (what == QLatin1String("virtual host"))
            teller.address.url += "/nobody%2Fs";
        else if (what == QLatin1String("exchange"))
            teller.address.exchange = "nobody's";
        else if (what == QLatin1String("routing key"))
            teller.address.routingKey = "nowhere";
        else {
            teller.login = {stackValue("AMQP_USER").toStdString(),
                            crypto::SecretBytes(asBytes(stackValue("AMQP_PASSWORD").toStdString()))};
            QVERIFY(teller.address.exchange != stackValue("AMQP_EXCHANGE").toStdString());
        }
        QCOMPARE(QString::fromStdString(teller.tell(feedback, uuid(), std::string(300'000, 'x'))), code);
        QCOMPARE(teller.facts.front(), hostOfEndpoint(teller.address.url).value());
        QVERIFY(idsThere().empty());
        // The next one goes as if nothing had been.
        QCOMPARE(Teller().tell(feedback, "after"), std::string("sent"));
        QCOMPARE(idsThere(), std::vector<std::string>{"after"});
    }

    void aFullQueueSaysNo() {
        AmqpFeedback feedback(m_network, once);
        const Teller teller;
        QVERIFY(brokerControl({QStringLiteral("set_policy"), QStringLiteral("full"), QStringLiteral("^tester\\.queue$"),
                               QStringLiteral(R"({"max-length":2,"overflow":"reject-publish"})")}));
        std::string last = "sent";
        std::vector<std::string> sent;
        for (int i = 0; i < 50 && last == "sent"; ++i) { // a policy takes effect a moment later
            sent.push_back(uuid());
            last = teller.tell(feedback, sent.back());
        }
        QVERIFY(brokerControl({QStringLiteral("clear_policy"), QStringLiteral("full")}));
        QCOMPARE(last, std::string("broker.full"));
        sent.pop_back();
        QCOMPARE(idsThere(), sent); // none that was confirmed is lost, none that was refused is there
        const Failure full = *teller.failure;
        QTRY_COMPARE_WITH_TIMEOUT(teller.tell(feedback, "after"), std::string("sent"), 30'000);
        QVERIFY(noteFault({"broker-full", "rabbitmq", "let the queue hold two messages and refuse others",
                           "none that was confirmed is lost, none that was refused is there"},
                          full));
    }

    void aBlockedBrokerIsToldFromASilentOne() {
        AmqpFeedback feedback(m_network, once, impatient);
        const Teller teller;
        QVERIFY(brokerControl(
            {QStringLiteral("set_vm_memory_high_watermark"), QStringLiteral("absolute"), QStringLiteral("1")}));
        std::string last = "sent";
        for (int i = 0; i < 200 && last == "sent"; ++i)
            last = teller.tell(feedback, uuid());
        QVERIFY(brokerControl({QStringLiteral("set_vm_memory_high_watermark"), QStringLiteral("0.4")}));
        QCOMPARE(last, std::string("broker.blocked"));
        const Failure blocked = *teller.failure;
        QTRY_COMPARE_WITH_TIMEOUT(teller.tell(feedback, "after"), std::string("sent"), 30'000);
        const auto ids = idsThere();
        QVERIFY(std::find(ids.begin(), ids.end(), "after") != ids.end());
        QVERIFY(noteFault({"broker-blocked", "rabbitmq", "set its limit of memory to nothing",
                           "told from a broker that keeps silent; afterwards messages arrived"},
                          blocked));
    }

    void aSilentBrokerIsGivenUp() {
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        AmqpFeedback feedback(m_network, someTimes, impatient);
        const Teller teller(urlOf(proxy));
        proxy.add({{}, FaultProxy::Fault::Hold, 9, 600, {}}); // within the login
        QCOMPARE(teller.tell(feedback, uuid()), std::string("broker.timeout"));
        QCOMPARE(proxy.struck(), 1); // not asked once more
        QVERIFY(noteFault({"hanging-answer", "rabbitmq", "let nothing more pass within the login",
                           "it was given up after the time that an answer may take"},
                          *teller.failure));
    }

    void cancellingEndsAWait() {
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        AmqpFeedback feedback(m_network);
        const Teller teller(urlOf(proxy));
        for (const std::uint64_t bytes : {0, 600, 1500}) { // in the handshake, the login, the message
            proxy.clear();
            proxy.add({{}, FaultProxy::Fault::Hold, 99, bytes, {}});
            Cancel cancel;
            std::string outcome;
            std::thread thread([&] { outcome = teller.tell(feedback, uuid(), std::string(20'000, 'x'), cancel); });
            const bool held = QTest::qWaitFor([&] { return proxy.holding() > 0; }, 20'000);
            cancel.cancel();
            thread.join(); // it would wait half a minute
            QVERIFY2(held, outcome.c_str());
            QCOMPARE(outcome, std::string("cancelled"));
        }
    }

    void aConnectionThatIsCutAnywhereIsMadeAnew_data() {
        QTest::addColumn<bool>("answer");
        QTest::addColumn<int>("bytes");
        for (int bytes = 0; bytes < 4200; bytes += 175) {
            QTest::addRow("request after %d", bytes) << false << bytes;
            QTest::addRow("answer after %d", bytes) << true << bytes;
        }
    }
    void aConnectionThatIsCutAnywhereIsMadeAnew() {
        QFETCH(bool, answer);
        QFETCH(int, bytes);
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        proxy.add({{},
                   answer ? FaultProxy::Fault::CutAnswer : FaultProxy::Fault::CutRequest,
                   1,
                   static_cast<std::uint64_t>(bytes),
                   {}});
        AmqpFeedback feedback(m_network, someTimes);
        const Teller teller(urlOf(proxy));
        const std::vector<std::string> ids{uuid(), uuid(), uuid()};
        for (const auto& id : ids)
            QCOMPARE(teller.tell(feedback, id, std::string(700, 'x')), std::string("sent"));
        auto there = idsThere(); // one may have been confirmed, and the confirmation lost: the consumer knows it
        there.erase(std::unique(there.begin(), there.end()), there.end());
        QCOMPARE(there, ids);
        if (bytes == 1750) // one of many
            QVERIFY(noteFault({"connection-cut", "rabbitmq",
                               std::string("cut it after 1750 bytes of the ") + (answer ? "answer" : "request"),
                               "made anew at once: every message arrived, in order"}));
    }

    void aBrokerThatGoesAndComesBackIsFoundAgain() {
        AmqpFeedback feedback(m_network, once);
        const Teller teller;
        QCOMPARE(teller.tell(feedback, "before"), std::string("sent"));
        StackServer broker(QStringLiteral("rabbitmq"));
        QVERIFY(broker.kill());
        QTRY_COMPARE_WITH_TIMEOUT(teller.tell(feedback, "while it is away"), std::string("broker.unreachable"), 30'000);
        QVERIFY(broker.again());
        QCOMPARE(teller.tell(feedback, "after"), std::string("sent"));
        m_desk = std::make_unique<BrokerDesk>();
        const std::vector<std::string> both{"before", "after"};
        QCOMPARE(there(both), both);
    }

    void aBrokerKilledWhileItIsToldLosesNothing() {
        FaultProxy proxy("127.0.0.1:" + brokersPort(), FaultProxy::Speaks::Bytes);
        AmqpFeedback feedback(m_network, once);
        const Teller teller(urlOf(proxy));
        proxy.add({{}, FaultProxy::Fault::Hold, 1, 30'000, {}}); // in the middle of the message
        std::string outcome;
        int lost = 0;
        std::thread thread([&] {
            const auto giveUp = std::chrono::steady_clock::now() + 120s;
            while (outcome != "sent" && std::chrono::steady_clock::now() < giveUp) { // as the outbox does
                outcome = teller.tell(feedback, "told", std::string(100'000, 'x'));
                lost += outcome == "broker.unreachable";
                std::this_thread::sleep_for(50ms);
            }
        });
        const bool held = QTest::qWaitFor([&] { return proxy.holding() > 0; }, 20'000);
        StackServer broker(QStringLiteral("rabbitmq"));
        const bool killed = broker.kill();
        proxy.release();
        const bool again = broker.again();
        thread.join();
        QVERIFY(held && killed && again);
        QVERIFY2(outcome == "sent", outcome.c_str());
        QVERIFY(lost > 0); // noticed as it happened, though much was still to be written
        m_desk = std::make_unique<BrokerDesk>();
        QCOMPARE(there({"told"}).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(StackAmqpTest)
#include "tst_amqp.moc"
