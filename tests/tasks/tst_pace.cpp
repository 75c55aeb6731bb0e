#include "fake_world.h"

#include "models/tasks/pace.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::tests;

class PaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsToldBeforeARunCounted() {
        FakeWorld world;
        QVERIFY(!keptPace(world.services));
        QVERIFY(keepPace(world.services, paceCountsFrom - 1, 1).ok());
        QVERIFY(keepPace(world.services, 100'000'000, 0).ok());
        QVERIFY(!keptPace(world.services));
    }

    void theLastRunCountsHalf() {
        FakeWorld world;
        QVERIFY(keepPace(world.services, 100'000'000, 10).ok());
        QCOMPARE(*keptPace(world.services), 10e6);
        QVERIFY(keepPace(world.services, 300'000'000, 10).ok());
        QCOMPARE(*keptPace(world.services), 20e6);
    }

    void whatCannotBeReadIsNoPace() {
        FakeWorld world;
        for (const char* text : {"", "fast", "12 MB", "-5", "0", "99999999999999999999999"}) {
            QVERIFY(world.ledger->setSetting("run.bytes-per-second", text).ok());
            QVERIFY2(!keptPace(world.services), text);
        }
    }

    void aPassIsAQuarterOfARun() {
        QCOMPARE(*paceFromPass(400'000'000, 1), 100e6);
        QVERIFY(!paceFromPass(1000, 0.001));
        QVERIFY(!paceFromPass(400'000'000, 0));
    }
};

QTEST_GUILESS_MAIN(PaceTest)
#include "tst_pace.moc"
