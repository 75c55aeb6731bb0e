#include "app/window/outbox_controller.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// What the window tells and tidies beside its owner's work.
class OutboxControllerTest : public QObject {
    Q_OBJECT

    /// An upload that was given up while the program was being left: its parts are still in the store.
    static void leaveSomething(JobWorld& world) {
        world.script.onCall = [&world, parts = 0](const std::string& call) mutable {
            if (call != "store.part" || ++parts != 2)
                return;
            world.context.leave.cancel();
            world.script.owner.cancel();
        };
        QCOMPARE(codeOf(world.run()), std::string("cancelled"));
        world.script.onCall = {};
        QCOMPARE(world.store->uploads.size(), std::size_t{1});
    }
    static void add(JobWorld& world, const char* job) {
        JobEvent event;
        event.kind = JobEvent::Kind::Returned;
        event.jobId = event.eventId = job;
        event.machineId = "m-1";
        event.at = now();
        QVERIFY(world.ledger->outbox().add(event, FeedbackAddress{}, {}).ok());
    }

private Q_SLOTS:
    void whatIsLeftInTheStoreGoes() {
        JobWorld world;
        leaveSomething(world);
        views::Session session;
        session.machine.setFacts({true, true, {}, {}, {}, {}, {}, {}, {}});
        window::Desk desk{world.services, session, {}};
        window::OutboxController outbox(desk, nullptr);
        outbox.sendNow();
        QTRY_VERIFY_WITH_TIMEOUT(world.ledger->uploads().all()->empty(), 30'000);
        QVERIFY(world.store->uploads.empty());
    }

    /// The store hangs while what is left there is to be removed.
    void whatIsToBeToldDoesNotWaitForIt() {
        JobWorld world;
        leaveSomething(world);
        const auto before = world.script.calls("store.abandon");
        world.script.strikeAt("store.abandon", before + 1, Script::Fault::Hang);
        views::Session session;
        session.machine.setFacts({true, true, {}, {}, {}, {}, {}, {}, {}});
        window::Desk desk{world.services, session, {}};
        {
            window::OutboxController outbox(desk, nullptr);
            QSignalSpy told(&outbox, &window::OutboxController::told);
            outbox.sendNow();
            QTRY_COMPARE_WITH_TIMEOUT(world.script.struck(), std::string("store.abandon"), 30'000);
            told.clear(); // of the run before
            const char* another = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a02";
            add(world, another);
            outbox.sendNow();
            QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 30'000);
            QVERIFY(!world.ledger->uploads().all()->empty()); // it hangs until it is given up
        }                                                     // who closes the window does not wait for it either
        QVERIFY(!world.ledger->uploads().all()->empty());
    }
};

QTEST_GUILESS_MAIN(OutboxControllerTest)
#include "tst_outbox_controller.moc"
