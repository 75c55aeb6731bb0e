#include "models/tasks/event_sender.h"
#include "tests/tasks/held_run.h"

#include <QtTest>

#include <limits>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

constexpr auto noEnd = std::numeric_limits<std::uint64_t>::max();

} // namespace

/// A job is in one hand at a time: who holds it, and for how long.
class JobHoldsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoNeverSendOneJobsEvents() {
        JobWorld world;
        QVERIFY(world.ledger->outbox().add(eventOf(JobEvent::Kind::Failed, "f"), {}, {}).ok());
        EventSender first(world.services, EventSender::For::Sending);
        QVERIFY(*first.hold(jobId));
        QVERIFY(*first.hold(jobId)); // longer
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->waiting, std::size_t{1});
        QVERIFY(world.platform->events().empty());
        EventSender second(world.services, EventSender::For::Sending);
        QVERIFY(!*second.hold(jobId));
        QCOMPARE(codeOf(second.send(
                     jobId, noEnd, [](auto&&...) {}, Cancel())),
                 std::string("job.busy"));
        first.letGo(jobId);
        QCOMPARE(deliverEvents(world.services, later)->waiting, std::size_t{0});
        QCOMPARE(world.platform->taken("failed"), 1l);
    }

    void aHoldEndsWithItsTimeOrItsProcess() {
        JobWorld world;
        Outbox& outbox = world.ledger->outbox();
        const auto yes = [](const std::string&) { return true; };
        EventSender sender(world.services, EventSender::For::Sending);
        QVERIFY(outbox.hold({jobId, "gone-1234/run/x", now(), now() + 300}, yes).ok());
        QVERIFY(*sender.hold(jobId)); // there is no folder of that name any more
        sender.letGo(jobId);
        const std::string alive = world.services.spoolFolder + "/run/x";
        QVERIFY(outbox.hold({jobId, alive, now() - 600, now() - 300}, yes).ok());
        QVERIFY(*sender.hold(jobId));
        sender.letGo(jobId);
        QVERIFY(outbox.hold({jobId, alive, now(), now() + 300}, yes).ok());
        QVERIFY(!*sender.hold(jobId));
    }

    void aJobThatIsBeingRunIsLeftAlone() {
        JobWorld world;
        HeldRun run(world, "done");
        const bool there = run.waits();
        TaskContext another;
        RunRequest request;
        request.jws = givens().jws;
        const std::string second = codeOf(runJob(world.services, request, another));
        const std::string declined = codeOf(declineJob(world.services, jobId, "no", another));
        const std::size_t left = deliverEvents(world.services, another)->waiting;
        QVERIFY(run.finish().ok());
        QVERIFY(there);
        // The job is done as far as this machine goes, so that it is no more taken up; else it would be busy.
        QCOMPARE(second, std::string("job.replayed"));
        QCOMPARE(declined, std::string("job.busy"));
        QCOMPARE(left, std::size_t{1});
        QCOMPARE(world.platform->taken("done"), 1l);
    }

    void aSecondRunOfOneJobIsRefused() {
        JobWorld world;
        HeldRun run(world, "claimed");
        const bool there = run.waits();
        TaskContext another;
        RunRequest request;
        request.jobId = jobId;
        const std::string second = codeOf(runJob(world.services, request, another));
        QVERIFY(run.finish().ok());
        QVERIFY(there);
        QCOMPARE(second, std::string("job.busy"));
    }
};

QTEST_GUILESS_MAIN(JobHoldsTest)
#include "tst_job_holds.moc"
