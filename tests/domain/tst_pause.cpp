#include "models/domain/pause.h"

#include <QTest>

#include <future>

using namespace sealwright;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 60s; ///< only so that a test that hangs ends
}

class PauseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void copiesShareTheSwitch() {
        Pause pause;
        const Pause copy = pause;
        QVERIFY(!copy.paused());
        pause.pause();
        pause.pause();
        QVERIFY(copy.paused());
        QCOMPARE(copy.times(), std::uint64_t{1});
        pause.goOn();
        QVERIFY(!copy.paused());
        QCOMPARE(copy.times(), std::uint64_t{1});
        QVERIFY(!Pause().paused());
    }

    void waitingEndsWhenItGoesOn() {
        Pause pause;
        QVERIFY(pause.wait(Cancel()));
        pause.pause();
        auto waiting = std::async(std::launch::async, [pause] { return pause.wait(Cancel()); });
        QVERIFY(waiting.wait_for(100ms) == std::future_status::timeout);
        pause.goOn();
        QVERIFY(waiting.wait_for(patience) == std::future_status::ready);
        QVERIFY(waiting.get());
    }

    void aCancelEndsTheWaiting() {
        Pause pause;
        Cancel cancel;
        pause.pause();
        auto waiting = std::async(std::launch::async, [pause, cancel] { return pause.wait(cancel); });
        cancel.cancel();
        QVERIFY(waiting.wait_for(patience) == std::future_status::ready);
        QVERIFY(!waiting.get());
        QVERIFY(!pause.wait(cancel));
    }

    void whoListensHearsEachTurnUntilItLeaves() {
        Pause pause;
        int turns = 0;
        {
            const auto listening = pause.onTurn([&turns] { ++turns; });
            pause.pause();
            pause.pause();
            pause.goOn();
        }
        pause.pause();
        QCOMPARE(turns, 2);
    }
};

QTEST_GUILESS_MAIN(PauseTest)
#include "tst_pause.moc"
