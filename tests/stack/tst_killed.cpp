#include "tests/stack/own_store.h"
#include "tests/stack/stack_machine.h"
#include "tests/stack/stack_server.h"
#include "tests/support/faults/fault_report.h"

#include <QElapsedTimer>

#include <future>
#include <thread>

using namespace sealwright;
using namespace sealwright::test;

namespace {

struct Server {
    const char* name;   ///< as the list of faults has it
    const char* script; ///< see StackServer
};
constexpr Server servers[] = {
    {"postgresql", "postgres"}, {"vault", "vault"}, {"rabbitmq", "rabbitmq"}, {"minio", "minio"}};
constexpr const char* steps[] = {"claim", "read", "seal", "check", "upload", "report"};

/// As long as a server is away before somebody starts it again.
constexpr std::chrono::milliseconds away{700};

/// What may pass when the other side is back: everything else would be a failure of our own.
bool isOfTheOtherSide(Code code) {
    return code == Code::NetworkUnreachable || code == Code::NetworkTimeout || code == Code::PlatformFailed ||
           code == Code::StorageFailed || code == Code::BrokerUnreachable || code == Code::BrokerTimeout;
}

} // namespace

/// Each server is killed, and started again a moment later, as the main job comes to each of its steps. Whatever the
/// run says, in the end there is one dataset, one `done`, and nothing else anywhere.
class StackKilledTest : public QObject {
    Q_OBJECT

    OwnStore m_store; ///< goes after the machine
    StackMachine m_machine;

    /// Starts it again by itself, on a thread of its own.
    static std::future<bool> killForAMoment(StackServer& server) {
        const bool killed = server.kill();
        return std::async(std::launch::async, [&server, killed] {
            std::this_thread::sleep_for(away);
            return server.again() && killed;
        });
    }
    /// Only the database is felt by who reports to the platform itself.
    std::string orderFor(const Server& server, bool fromStore) {
        crypto::JsonObject more;
        if (server.name == std::string_view("postgresql"))
            more.emplace_back("feedback", crypto::JsonObject{{"kind", "rest"}});
        return m_machine.order(fromStore ? storedSource() : localSource(), std::move(more));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY(m_store.start());
        const auto said = m_machine.start();
        QVERIFY2(said.isEmpty(), said);
    }

    void aServerKilledAtAnyStepEndsInOneDataset_data() {
        QTest::addColumn<int>("server");
        QTest::addColumn<QString>("step");
        for (int server = 0; server < 4; ++server)
            for (const char* step : steps)
                QTest::addRow("%s, %s", servers[server].name, step) << server << QString::fromLatin1(step);
        QTest::newRow("minio, between parts") << 3 << QStringLiteral("parts");
    }
    void aServerKilledAtAnyStepEndsInOneDataset() {
        QFETCH(int, server);
        QFETCH(QString, step);
        const Server& which = servers[server];
        const bool inParts = step == QLatin1String("parts"),
                   fromStore = which.name == std::string_view("minio") && !inParts;
        QVERIFY(m_machine.writePeople(inParts ? 8 << 20 : 40'000));
        const auto jobId = orderFor(which, fromStore);
        QVERIFY2(!jobId.empty(), m_machine.platform.log());
        StackServer struck(QString::fromLatin1(which.script));
        std::future<bool> again; // waits before that goes
        const auto strike = [&](const QString& now) {
            if (now == step && !again.valid())
                again = killForAMoment(struck);
        };
        strike(QStringLiteral("claim"));
        const auto first = m_machine.run(
            jobId,
            [&](const TaskProgress& progress) {
                strike(QString::fromStdString(std::string(toText(progress.step))));
                if (progress.step == Step::Upload && progress.done > 0)
                    strike(QStringLiteral("parts"));
            },
            !fromStore);
        QVERIFY(again.valid() && again.get());
        if (!first)
            QVERIFY2(isOfTheOtherSide(first.error().code), codeOf(first).c_str());
        if (which.name == std::string_view("vault")) // no machine speaks to it
            QCOMPARE(codeOf(first), std::string("ok"));

        // What a person, or `jobs work`, does next.
        QElapsedTimer since;
        since.start();
        Outcome<Receipt> last = first;
        while (!last && since.elapsed() < 120'000) {
            QVERIFY2(isOfTheOtherSide(last.error().code), codeOf(last).c_str());
            QTest::qWait(200);
            QVERIFY(m_machine.restart());
            last = m_machine.run(
                jobId, [](const TaskProgress&) {}, !fromStore);
        }
        QCOMPARE(codeOf(last), std::string("ok"));
        QTRY_COMPARE_WITH_TIMEOUT(m_machine.deliver().waiting, std::size_t{0}, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_machine.there(jobId).state, std::string("done"), 60'000);
        const auto there = m_machine.there(jobId);
        QVERIFY(there.inOrder);
        QCOMPARE(there.count("done"), 1L);
        QCOMPARE(m_machine.stored(jobId), std::size_t{3});
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{0});
        QVERIFY(m_machine.nothingIsLeftHere());

        const FaultSeen seen{"killed-at-" + (inParts ? "upload" : step.toStdString()), which.name,
                             std::string(inParts ? "SIGKILL between two parts; started again "
                                                 : "SIGKILL as the run came to that step; started again ") +
                                 std::to_string(away.count()) + " ms later",
                             std::string(!first                 ? "the run failed, and the next one ended well"
                                         : first->reportPending ? "the run ended well, and was told of later"
                                                                : "the run ended well") +
                                 ": one dataset, one done, nothing left over"};
        QVERIFY(first ? noteFault(seen) : noteFault(seen, first.error()));
    }
};

QTEST_GUILESS_MAIN(StackKilledTest)
#include "tst_killed.moc"
