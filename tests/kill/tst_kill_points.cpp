#include "tests/kill/killed_machine.h"
#include "tests/kill/mortal_services.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// `kill -9` at every named point of the main job, on the real store and the real platform; sealwright-cli itself
/// starts again after it.
class KillPointsTest : public QObject, private GivenKilledMachine {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }

    void thereAreTwentyPointsAtLeast() { QVERIFY(kill::points().size() >= 20); }

    void aKillAtEveryPointEndsInOneDataset_data() {
        QTest::addColumn<QString>("point");
        QTest::addColumn<bool>("straight");
        QTest::addColumn<bool>("goesOn");
        // From where the sealed file has its place until `done` is kept, nothing is sealed again.
        bool goesOn = false;
        for (const std::string& point : kill::points()) {
            if (point == "upload-in-place")
                goesOn = true;
            if (point == "done-kept")
                goesOn = false;
            QTest::newRow(point.c_str()) << QString::fromStdString(point) << false << goesOn;
        }
        // Nothing can be gone on with.
        for (const std::string& point : kill::straightPoints())
            QTest::addRow("straight-%s", point.c_str()) << QString::fromStdString(point) << true << false;
    }

    void aKillAtEveryPointEndsInOneDataset() {
        QFETCH(QString, point);
        QFETCH(bool, straight);
        QFETCH(bool, goesOn);
        const QString name = QLatin1String(QTest::currentDataTag());
        const QString id = m_world->order(name);
        QVERIFY(!id.isEmpty());
        QProcess mortal;
        mortal.start(QStringLiteral(SEALWRIGHT_BIN_DIR "/sealwright-mortal"),
                     QStringList{m_world->machine.path(QStringLiteral("profile")),
                                 m_world->machine.path(QStringLiteral("keys")),
                                 m_world->machine.path(QStringLiteral("passphrase")), id, m_world->input(), point} +
                         QStringList(straight ? 1 : 0, QStringLiteral("straight")));
        QVERIFY(mortal.waitForFinished(120'000));
        QVERIFY2(mortal.exitStatus() == QProcess::CrashExit && mortal.exitCode() == SIGKILL,
                 mortal.readAllStandardError());
        const QByteArray second = m_world->startAgain(id, straight);
        QVERIFY2(second.isEmpty(), second);
        QCOMPARE(m_world->interrupted, goesOn);
        const QByteArray wrong = m_world->wrongAfter(id, name);
        QVERIFY2(wrong.isEmpty(), wrong);
    }
};

QTEST_GUILESS_MAIN(KillPointsTest)
#include "tst_kill_points.moc"
