#include "tests/tasks/held_run.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using Answer = std::optional<Failure>;

/// A world whose platform can be away; fakes are asked for its mood with every event.
struct MoodyWorld : JobWorld {
    std::atomic<bool> away{false};
    std::atomic<int> asked{0};
    MoodyWorld() {
        platform->instead = [this](const FakeFeedback::Event& one, const FeedbackAccess&) -> Answer {
            ++asked;
            if (away && one.kind != "claimed")
                return Failure(Code::NetworkUnreachable, {"127.0.0.1:7001"});
            return std::nullopt;
        };
    }
    Delivery deliver() {
        TaskContext later;
        auto delivery = deliverEvents(services, later);
        return delivery ? *delivery : Delivery{99, 99, delivery.error()};
    }
    /// Each number and each id once, in order.
    bool inOrder() const {
        const auto events = platform->events();
        for (std::size_t i = 1; i < events.size(); ++i)
            if (events[i].sequence <= events[i - 1].sequence || events[i].eventId == events[i - 1].eventId)
                return false;
        return true;
    }
};

} // namespace

/// What happens to events when the other side does not take them at once.
class EventDeliveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlatformThatHangsDoesNotSlowTheRun() {
        JobWorld world;
        Gate gate;
        world.platform->instead = [&](const FakeFeedback::Event& one, const FeedbackAccess&) -> Answer {
            if (one.kind != "running")
                return std::nullopt;
            gate.pass();
            return Failure(Code::NetworkTimeout);
        };
        auto run = std::async(std::launch::async, [&] { return world.run(); });
        // The first step is being told, and stays so; the run goes on until all is uploaded.
        const bool uploaded = soon([&] {
            const std::lock_guard lock(world.ledger->profile.mutex);
            return world.ledger->profile.waits(jobId, {JobEvent::Kind::Done});
        });
        gate.open();
        const auto receipt = run.get();
        QVERIFY(uploaded);
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
    }

    void aPlatformThatIsAwayHearsAllOfItLaterOnceAndInOrder() {
        MoodyWorld world;
        world.away = true;
        const auto receipt = world.run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
        QCOMPARE(world.state(), std::string("done"));
        QVERIFY((*world.ledger->job(jobId))->reportPending);
        QCOMPARE(world.stored(), 3l);
        QCOMPARE(world.platform->events().size(), std::size_t{1});

        const Delivery still = world.deliver();
        QCOMPARE(still.sent, std::size_t{0});
        QCOMPARE(still.waiting, std::size_t{1});
        QCOMPARE(still.why->code, Code::NetworkUnreachable);

        world.away = false;
        const Delivery now = world.deliver();
        QCOMPARE(now.waiting, std::size_t{0});
        QCOMPARE(now.sent, std::size_t{5});
        QVERIFY(world.inOrder());
        QCOMPARE(world.platform->taken("running"), 4l);
        QCOMPARE(world.platform->events().back().kind, std::string("done"));
        QVERIFY(!(*world.ledger->job(jobId))->reportPending);
        const int asked = world.asked;
        QCOMPARE(world.deliver().sent, std::size_t{0});
        QCOMPARE(world.asked.load(), asked);
        QCOMPARE(world.stored(), 3l);
    }

    void anEventWhoseAnswerWasLostIsTakenOnce() {
        JobWorld world;
        std::atomic<int> lost{0};
        world.platform->instead = [&](const FakeFeedback::Event& one, const FeedbackAccess& access) -> Answer {
            if (one.kind != "done" || lost++ > 0)
                return std::nullopt;
            (void)world.platform->send(access, {one.eventId, jobId, one.body}, Cancel());
            return Failure(Code::NetworkUnreachable);
        };
        const auto receipt = world.run();
        QVERIFY(receipt.ok() && receipt->reportPending);
        QCOMPARE(world.platform->taken("done"), 1l);
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->sent, std::size_t{1});
        QCOMPARE(world.platform->taken("done"), 1l);
        QCOMPARE(world.waiting(), std::size_t{0});
    }

    void aDoneThatIsRefusedAtOnceFailsTheRun() {
        JobWorld world;
        world.platform->instead = [](const FakeFeedback::Event& one, const FeedbackAccess&) -> Answer {
            return one.kind == "done" ? Answer(Failure(Code::PlatformRejected, {"manifest.refused"})) : std::nullopt;
        };
        QCOMPARE(codeOf(world.run()), std::string("platform.rejected"));
        QCOMPARE(world.stored(), 0l);
        QCOMPARE(world.state(), std::string("failed"));
        QVERIFY(world.ledger->profile.receipts.empty());
        QCOMPARE(world.told("failed", "reason"), std::string("platform.rejected"));
        QCOMPARE(world.waiting(), std::size_t{0});
    }

    void aDoneThatIsRefusedLaterTakesBackWhatWasUploaded() {
        MoodyWorld world;
        world.away = true;
        QVERIFY(world.run().ok());
        QCOMPARE(world.stored(), 3l);
        world.platform->instead = [](const FakeFeedback::Event& one, const FeedbackAccess&) -> Answer {
            return one.kind == "done" ? Answer(Failure(Code::PlatformRejected, {"objects.missing"})) : std::nullopt;
        };
        QCOMPARE(world.deliver().waiting, std::size_t{0});
        QCOMPARE(world.stored(), 0l);
        QCOMPARE(world.state(), std::string("failed"));
        QCOMPARE(world.ledger->profile.jobRecords[jobId].failureCode, std::string("platform.rejected"));
        QVERIFY(world.ledger->profile.receipts.empty());
        QCOMPARE(world.told("failed", "reason"), std::string("platform.rejected"));
        world.platform->instead = nullptr;
        QVERIFY(world.run().ok()); // it can be taken up again
        QVERIFY(world.inOrder());
    }

    void aClaimThatIsRefusedOrUnansweredStartsNothing_data() {
        QTest::addColumn<int>("code");
        for (const Code code : {Code::PlatformConflict, Code::NetworkUnreachable, Code::NetworkTimeout})
            QTest::newRow(std::string(stableId(code)).c_str()) << static_cast<int>(code);
    }
    void aClaimThatIsRefusedOrUnansweredStartsNothing() {
        QFETCH(int, code);
        JobWorld world;
        world.platform->instead = [&](const FakeFeedback::Event&, const FeedbackAccess&) -> Answer {
            return Failure(static_cast<Code>(code));
        };
        QCOMPARE(codeOf(world.run()), std::string(stableId(static_cast<Code>(code))));
        QCOMPARE(world.stored(), 0l);
        QCOMPARE(world.state(), std::string("none"));
        QCOMPARE(world.waiting(), std::size_t{0});
        world.platform->instead = nullptr;
        QVERIFY(world.run().ok());
    }

    void aClaimOfARunThatIsNoMoreIsNotSent() {
        JobWorld world;
        QVERIFY(world.ledger->outbox().add(eventOf(JobEvent::Kind::Claimed, "c"), {}, {}).ok());
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->waiting, std::size_t{0});
        QVERIFY(world.platform->events().empty());
        QCOMPARE(world.waiting(), std::size_t{0});
    }

    void whatAnEarlierRunCouldNotSayIsSaidBeforeTheNextClaim() {
        JobWorld world;
        world.platform->instead = [](const FakeFeedback::Event& one, const FeedbackAccess&) -> Answer {
            return one.kind == "failed" ? Answer(Failure(Code::NetworkUnreachable)) : std::nullopt;
        };
        const std::string good = world.store->objects["in/patients.csv"];
        world.store->objects["in/patients.csv"] = "name,ward\n\"Otto";
        QCOMPARE(codeOf(world.run()), std::string("data.csv.unclosed-quote"));
        QCOMPARE(world.state(), std::string("failed"));
        QVERIFY((*world.ledger->job(jobId))->reportPending);
        world.platform->instead = nullptr;
        world.store->objects["in/patients.csv"] = good;
        QVERIFY(world.run().ok());
        std::string kinds;
        for (const auto& one : world.platform->events())
            if (one.kind != "running")
                kinds += one.kind + " ";
        QCOMPARE(kinds, std::string("claimed failed claimed done "));
    }

    void aCancelWhileDoneIsToldComesTooLate() {
        JobWorld world;
        HeldRun run(world, "done", Failure(Code::NetworkUnreachable));
        const bool there = run.waits();
        world.script.owner.cancel();
        const auto receipt = run.finish();
        QVERIFY(there);
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
        QCOMPARE(world.stored(), 3l);
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->waiting, std::size_t{0});
        QCOMPARE(world.platform->taken("done"), 1l);
        QCOMPARE(world.platform->taken("returned"), 0l);
    }

    void whoDoesNotAnswerIsNotAskedForASecondJob() {
        MoodyWorld world;
        world.away = true;
        for (const char* id : {"a", "b", "c"}) {
            JobEvent one = eventOf(JobEvent::Kind::Failed, id);
            one.jobId = id;
            QVERIFY(world.ledger->outbox().add(one, {}, {}).ok());
        }
        const Delivery delivery = world.deliver();
        QCOMPARE(delivery.waiting, std::size_t{3});
        QCOMPARE(world.asked.load(), 1);
    }

    void aTokenThatWasChangedMeanwhileIsReadAgain() {
        JobWorld world;
        for (const char* id : {"1", "2"})
            QVERIFY(world.ledger->outbox().add(eventOf(JobEvent::Kind::Failed, id), {}, {}).ok());
        world.platform->instead = [&](const FakeFeedback::Event& one, const FeedbackAccess& access) -> Answer {
            const auto token = asText(access.platform.accessToken.reveal());
            if (one.eventId == "1") {
                world.secrets->kept.insert_or_assign(SecretStore::Entry::AccessToken,
                                                     crypto::SecretBytes(asBytes("another")));
                return std::nullopt;
            }
            return token == "another" ? std::nullopt : Answer(Failure(Code::PlatformDenied, {"token.unknown"}));
        };
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->sent, std::size_t{2});
        QCOMPARE(world.platform->taken("failed"), 2l);
    }

    void aDeclineIsToldLaterWhereThePlatformDoesNotHear() {
        JobWorld world;
        world.platform->instead = [](const FakeFeedback::Event&, const FeedbackAccess&) -> Answer {
            return Failure(Code::PlatformFailed, {"unavailable"});
        };
        const auto declined = declineJob(world.services, jobId, "not ours", world.context);
        QVERIFY(declined.ok() && declined->reportPending);
        QCOMPARE(world.state(), std::string("declined"));
        world.platform->instead = nullptr;
        TaskContext later;
        QCOMPARE(deliverEvents(world.services, later)->sent, std::size_t{1});
        QCOMPARE(world.told("declined", "reason"), std::string("not ours"));
    }

    void aDeclineThatIsRefusedIsNone() {
        JobWorld world;
        world.platform->instead = [](const FakeFeedback::Event&, const FeedbackAccess&) -> Answer {
            return Failure(Code::PlatformConflict, {"job.finished"});
        };
        QCOMPARE(codeOf(declineJob(world.services, jobId, "not ours", world.context)),
                 std::string("platform.conflict"));
        QCOMPARE(world.state(), std::string("none"));
        QCOMPARE(world.waiting(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(EventDeliveryTest)
#include "tst_event_delivery.moc"
