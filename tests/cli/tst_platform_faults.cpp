#include "crypto/base/control_json.h"
#include "tests/cli/platform_given.h"
#include "tests/support/certificates.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/fault_proxy.h"
#include "tests/support/signals.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <sys/resource.h>

using namespace sealwright;
using namespace sealwright::tests;
using test::FaultProxy;
using Fault = FaultProxy::Fault;

namespace {

int freePort() {
    QTcpServer taken;
    return taken.listen(QHostAddress::LocalHost) ? taken.serverPort() : 0;
}

} // namespace

/// What the command line says of a platform that says no, fails, is slow, or whose answers do not come as it sent them.
class PlatformFaultsTest : public QObject, private GivenPlatform {
    Q_OBJECT

    const int m_port = freePort();
    std::unique_ptr<FaultProxy> m_proxy; ///< the address by which the machine knows the platform

    Said list() const { return run({text("jobs"), text("list")}); }
    /// Id and JWS of a fresh job.
    std::pair<QString, QByteArray> order(crypto::JsonObject more = {}) {
        test::JobOrder order{m_machineId};
        order.more = std::move(more);
        const auto made = test::place(*m_platform, std::move(order));
        return made ? std::pair(QString::fromStdString(*made->find("job_id")->string()),
                                QByteArray::fromStdString(*made->find("job")->string()))
                    : std::pair(QString(), QByteArray());
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("faults of the platform");
        m_proxy = std::make_unique<FaultProxy>("127.0.0.1:" + std::to_string(m_port));
        begin({text("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port), text("--public-url"),
               QString::fromStdString(m_proxy->url())});
        registerMachine();
        QVERIFY(writeFile(m_machine->work(text("people.csv")), "name,ward\nSomebody,3\n"));
    }

    void cleanup() {
        if (!m_platform)
            return;
        m_proxy->clear();
        m_proxy->release();
        m_proxy->reset();
        QVERIFY(m_platform->endFaults());
    }

    void aStatusIsSaid_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("403") << 403 << text("machine.revoked");
        QTest::newRow("404") << 404 << text("platform.rejected");
        QTest::newRow("409") << 409 << text("platform.conflict");
        QTest::newRow("429") << 429 << text("platform.failed");
        QTest::newRow("500") << 500 << text("platform.failed");
        QTest::newRow("503") << 503 << text("platform.failed");
    }
    void aStatusIsSaid() {
        QFETCH(int, status);
        QFETCH(QString, code);
        QVERIFY(m_platform->fault("/v1/jobs", status, 1000));
        const Said said = list();
        QCOMPARE(said.code(), code);
        QCOMPARE(said.status, 6);
        QVERIFY(m_platform->endFaults());
        QCOMPARE(list().status, 0);
        QVERIFY(test::noteFault({"status-" + std::to_string(status), "platform", "gave it for every call about jobs",
                                 "it was said; nothing was begun, and afterwards all went on"},
                                said.json()));
    }

    void aConnectionThatIsCutIsMadeAnew() {
        m_proxy->add({{"GET ", "/v1/jobs"}, Fault::CutAnswer, 1, 10});
        QCOMPARE(list().status, 0);
        QCOMPARE(m_proxy->struck(), 1);
        m_proxy->add({{"GET ", "/v1/jobs"}, Fault::CutAnswer, 1000, 10});
        const Said said = list();
        QCOMPARE(said.code(), text("network.unreachable"));
        QVERIFY(test::noteFault({"connection-cut", "platform", "cut it after 10 bytes of the answer, each time",
                                 "tried again, then said; cut once it was not noticed"},
                                said.json()));
    }

    void aBodyThatIsCutIsNoAnswer() {
        QVERIFY(!order().first.isEmpty());
        m_proxy->add({{"GET ", "/v1/jobs"}, Fault::CutAnswer, 1000, 700});
        const Said said = list();
        QVERIFY(m_proxy->struck() > 1);
        QCOMPARE(said.code(), text("network.unreachable"));
        QVERIFY(test::noteFault({"truncated-body", "platform", "cut the list of jobs after 700 bytes, each time",
                                 "nothing of it was believed"},
                                said.json()));
    }

    void aLengthThatIsNotTheBodysIsNoAnswer() {
        m_proxy->add({{"GET ", "/v1/jobs"}, Fault::EditAnswer, 1000, 0, {}, {}, [](std::string& piece, std::uint64_t) {
                          const std::string name = "ontent-length: ";
                          std::string lower = piece;
                          std::transform(lower.begin(), lower.end(), lower.begin(),
                                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
                          if (const auto at = lower.find(name); at != std::string::npos) {
                              const auto begin = at + name.size(), end = piece.find("\r\n", begin);
                              piece.replace(begin, end - begin, "20");
                          }
                      }});
        const Said said = list();
        QVERIFY(m_proxy->struck() >= 1);
        QCOMPARE(said.code(), text("platform.answer-invalid"));
        QVERIFY(test::noteFault({"lying-content-length", "platform", "made it 20 bytes, of a longer list of jobs",
                                 "nothing of it was believed"},
                                said.json()));
    }

    void aJobAlteredOnTheWayIsNotTouched() {
        const auto [id, jws] = order();
        // A letter of its payload, which stays a letter.
        const auto middle = jws.mid(jws.indexOf('.') + 100, 40).toStdString();
        m_proxy->add({{"GET ", "/v1/jobs/"}, Fault::EditAnswer, 1, 0, {}, {}, [&](std::string& piece, std::uint64_t) {
                          if (const auto at = piece.find(middle); at != std::string::npos)
                              piece[at] = piece[at] == 'A' ? 'B' : 'A';
                      }});
        const Said said = run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QCOMPARE(m_proxy->struck(), 1);
        QCOMPARE(said.code(), text("job.bad-signature"));
        QCOMPARE(said.status, 5);
        QCOMPARE(stateOf(id), text("pending"));
        for (const char* fault : {"job-altered", "altered-body"})
            QVERIFY(test::noteFault({fault, "platform", "altered one letter of the job on its way",
                                     "it was not touched; as the platform has it, it is still pending"},
                                    said.json()));
    }

    void aSlowAnswerIsWaitedFor() {
        m_proxy->add({{"GET ", "/v1/jobs"}, Fault::DelayAnswer, 1, 0, std::chrono::milliseconds(1500)});
        const Said said = list();
        QCOMPARE(said.status, 0);
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(test::noteFault(
            {"slow-answer", "platform", "held the answer for a second and a half", "it was waited for"}, said.json()));
    }

    void aHangingAnswerCanBeLeft() {
        const auto [id, jws] = order();
        m_proxy->add({{"POST ", "/v1/jobs/"}, Fault::Hold, 1, 10});
        QProcess process;
        m_machine->start(process, {text("jobs"), text("run"), id, text("--input"), text("people.csv"), text("--json")});
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->holding(), 1, 60'000);
        QVERIFY(test::sendSignal(process.processId(), SIGINT));
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 130);
        QCOMPARE(said.code(), text("cancelled"));
        m_proxy->release();
        QVERIFY(test::noteFault({"hanging-answer", "platform", "let nothing more pass in the middle of the claim",
                                 "the owner's interrupt ended it at once; nothing was begun"},
                                said.json()));
    }

    void aFinishedJobIsNotTakenUpAgain() {
        const auto [id, jws] = order();
        QVERIFY(writeFile(m_machine->work(text("job.jws")), jws));
        const QStringList again{text("jobs"),    text("run"),     text("--job"),
                                text("job.jws"), text("--input"), text("people.csv")};
        QCOMPARE(run(again).status, 0);
        const Said said = run(again);
        QCOMPARE(said.code(), text("job.replayed"));
        QCOMPARE(said.status, 5);
        QVERIFY(test::noteFault({"job-replayed", "platform", "gave a job that was done once more, as a file",
                                 "it was refused before a byte was sealed"},
                                said.json()));
    }

    void aHostThatIsNotListedIsNeverSpokenTo() {
        FaultProxy elsewhere("127.0.0.1:" + std::to_string(m_port), FaultProxy::Speaks::Bytes);
        const auto [id, jws] =
            order({{"feedback", crypto::JsonObject{{"kind", "amqp"},
                                                   {"url", "amqp://127.0.0.1:" + std::to_string(elsewhere.port())},
                                                   {"exchange", "e"},
                                                   {"routing_key", "k"}}}});
        const Said said = run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QCOMPARE(said.code(), text("job.host-not-listed"));
        QCOMPARE(said.status, 5);
        QVERIFY(elsewhere.requests().empty());
        QVERIFY(test::noteFault({"job-names-other-host", "platform",
                                 "signed a job that reports to a broker which the registration does not list",
                                 "it was refused, and that host never heard of it"},
                                said.json()));
    }

    void aFullDiskIsSaidAndLeavesNothing() {
        const auto [id, jws] = order();
        QByteArray people = "name,ward\n";
        while (people.size() < 4'000'000)
            people += "Somebody " + QByteArray::number(people.size()) + ",3\n";
        QVERIFY(writeFile(m_machine->work(text("many.csv")), people));
        QProcess process;
        m_machine->start(process, {text("jobs"), text("run"), id, text("--input"), text("many.csv"), text("--json")},
                         [] {
                             ::setsid();
                             std::signal(SIGXFSZ, SIG_IGN);
                             const struct rlimit small = {2'000'000, 2'000'000};
                             ::setrlimit(RLIMIT_FSIZE, &small);
                         });
        const Said said = m_machine->finish(process);
        QCOMPARE(said.code(), text("file.no-space"));
        QCOMPARE(said.status, 8);
        QCOMPARE(stateOf(id), text("failed"));
        QCOMPARE(m_machine->leaks("Somebody", {m_machine->work(text("many.csv")), m_machine->work(text("people.csv"))}),
                 QStringList());
        QVERIFY(test::noteFault({"disk-full", "machine", "let no file of the program grow beyond 2 MB",
                                 "the job failed on both sides; nothing of it was left on the disk"},
                                said.json()));
    }

    void certificatesAreJudged_data() {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("trusted");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* server, const char* trusted, const char* code, const char* fault) {
            QTest::newRow(fault) << text(server) << text(trusted) << text(code) << text(fault);
        };
        row("expired", "ca", "network.tls.expired", "certificate-expired");
        row("elsewhere", "ca", "network.tls.wrong-host", "certificate-wrong-host");
        row("server", "other", "network.tls.unknown-authority", "certificate-unknown-ca");
        row("too old", "ca", "network.tls.too-old", "tls-too-old");
    }
    void certificatesAreJudged() {
        QFETCH(QString, server);
        QFETCH(QString, trusted);
        QFETCH(QString, code);
        QFETCH(QString, fault);
        test::Certificates certificates;
        QVERIFY(certificates.authority("ca") && certificates.authority("other") &&
                certificates.server("server", "ca") && certificates.expired("expired", "ca") &&
                certificates.server("elsewhere", "ca", "DNS:elsewhere.example"));
        const bool tooOld = server == text("too old");
        const QByteArray name = tooOld ? QByteArray("server") : server.toLatin1();
        const int port = freePort();
        QProcess tls;
        tls.start(text("openssl"), QStringList{text("s_server"), text("-quiet"), text("-accept"),
                                               QStringLiteral("127.0.0.1:%1").arg(port), text("-cert"),
                                               certificates.path(name), text("-key"), certificates.key(name)} +
                                       (tooOld ? QStringList{text("-tls1_1"), text("-cipher"), text("ALL:@SECLEVEL=0")}
                                               : QStringList{text("-www")}));
        QVERIFY(tls.waitForStarted());
        QVERIFY(QTest::qWaitFor(
            [&] {
                QTcpSocket socket;
                socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
                return socket.waitForConnected(1000);
            },
            10'000));
        auto invitation = crypto::parseControlJson(m_platform->invitation());
        QVERIFY(invitation);
        for (auto& [member, value] : *invitation->object())
            if (member == "platform")
                value = crypto::Json("https://127.0.0.1:" + std::to_string(port));
        const CliMachine fresh; // keys of its own
        const Said said = fresh.run(
            {text("register"), text("--invite"), text("-"), text("--ca"), certificates.path(trusted.toLatin1())},
            QByteArray::fromStdString(crypto::writeControlJson(*invitation)));
        tls.kill();
        tls.waitForFinished();
        QCOMPARE(said.code(), code);
        QCOMPARE(said.status, 6);
        QVERIFY(test::noteFault({fault.toStdString(), "platform", "registered with a server of that kind",
                                 "nothing was sent, and nothing kept"},
                                said.json()));
    }
};

QTEST_GUILESS_MAIN(PlatformFaultsTest)
#include "tst_platform_faults.moc"
