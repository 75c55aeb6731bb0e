#include "tests/kill/killed_machine.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// `kill -9` of sealwright-cli at random moments of the main job. SEALWRIGHT_KILLS says how often; ./dev nightly asks
/// for 200.
class RandomKillsTest : public QObject, private GivenKilledMachine {
    Q_OBJECT

    int m_length = 0; ///< of a whole run here and now, in milliseconds: so long is one a target

    static int kills() {
        const int wanted = qEnvironmentVariableIntValue("SEALWRIGHT_KILLS");
        return wanted > 0 ? wanted : 3;
    }
    void startRun(QProcess& process, const QString& id, bool straight = false) {
        m_world->machine.start(process, m_world->runWords(id, straight) + QStringList{QStringLiteral("--json")});
    }

private Q_SLOTS:
    void initTestCase() {
        if (!begin())
            return;
        QProcess process;
        QElapsedTimer timer;
        timer.start();
        startRun(process, m_world->order(QStringLiteral("unharmed")));
        const Said said = m_world->machine.finish(process);
        QVERIFY2(said.status == 0, said.out + said.err);
        m_length = static_cast<int>(timer.elapsed());
    }

    void aKillAtAnyMomentEndsInOneDataset() {
        const int wanted = kills();
        int killed = 0;
        for (int i = 0; killed < wanted; ++i) {
            QVERIFY2(i < 3 * wanted + 10, "runs end before they are killed");
            const QString name = QStringLiteral("random-%1").arg(i);
            const QString id = m_world->order(name);
            const int moment = static_cast<int>(QRandomGenerator::global()->bounded(m_length));
            QProcess process;
            const bool straight = i % 3 == 2;
            startRun(process, id, straight);
            QTest::qWait(moment);
            process.kill(); // not by its number: a run that has ended has none, and 0 is this whole process group
            process.waitForFinished();
            if (process.exitStatus() == QProcess::CrashExit)
                ++killed;
            else
                m_length = std::max(moment, 50); // a run is over by then
            const QByteArray where = "kill " + QByteArray::number(i) + " after " + QByteArray::number(moment) + " ms: ";
            const QByteArray second = m_world->startAgain(id, straight);
            QVERIFY2(second.isEmpty(), where + second);
            const QByteArray wrong = m_world->wrongAfter(id, name);
            QVERIFY2(wrong.isEmpty(), where + wrong);
        }
    }
};

QTEST_GUILESS_MAIN(RandomKillsTest)
#include "tst_random_kills.moc"
