#include "models/tasks/kept_upload.h"
#include "tests/tasks/after_kill.h"

#include <fstream>

using namespace sealwright;
using namespace sealwright::tests;
using Fault = Script::Fault;

/// What a job that is given up has left, here and in the store, and how it goes.
class LeftoversTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsDeclinedIsGivenUp() {
        const auto world = interrupted();
        TaskContext context;
        QCOMPARE(codeOf(declineJob(world->services, jobId, "not ours any more", context)), std::string("ok"));
        QCOMPARE(tidyUploads(world->services, context, longestTidyingAside)->left, std::size_t{0});
        QVERIFY(world->store->uploads.empty() && world->ledger->profile.uploads.empty());
        QCOMPARE(world->stored(), 0l);
        QCOMPARE(world->keptFiles(), std::size_t{0});
    }

    void whatIsGivenUpIsRemovedEverywhereAndTold() {
        const auto world = interrupted();
        TaskContext context;
        QCOMPARE(codeOf(giveUpInterrupted(world->services, jobId, context)), std::string("ok"));
        QCOMPARE(world->platform->taken("returned"), 1l);
        QCOMPARE(world->state(), std::string("returned"));
        QCOMPARE(world->stored(), 0l);
        QVERIFY(world->store->uploads.empty() && world->ledger->profile.uploads.empty());
        QCOMPARE(world->keptFiles(), std::size_t{0});
        QVERIFY(world->ledger->profile.holds.empty());
        world->api->entry.state = JobState::Returned;
        QVERIFY(world->run().ok());
        QCOMPARE(world->stored(), 3l);
    }

    /// The store does not answer while a run is cancelled: what it has is removed by the next start.
    void whatCannotBeRemovedAtOnceIsRemovedLater() {
        JobWorld world;
        int parts = 0;
        world.script.onCall = [&](const std::string& call) {
            if (call == "store.part" && ++parts == 2)
                world.script.owner.cancel();
        };
        world.script.strikeAt("store.abandon", 1, Fault::Hang);
        QCOMPARE(codeOf(world.run()), std::string("cancelled"));
        QCOMPARE(world.platform->taken("returned"), 1l);
        QCOMPARE(world.store->uploads.size(), std::size_t{1});
        QVERIFY(world.ledger->profile.uploads.at(jobId).givenUp);
        QVERIFY(world.spoolIsEmpty());
        TaskContext later;
        QVERIFY(!listJobs(world.services, later)->jobs.front().interrupted);
        QCOMPARE(tidyUploads(world.services, later, longestTidyingAside)->left, std::size_t{0});
        QVERIFY(world.store->uploads.empty() && world.ledger->profile.uploads.empty());
        QCOMPARE(world.stored(), 0l);
    }

    /// What has no time any more is left as it is, and is nobody's failure.
    void tidyingEndsInItsTime() {
        const auto world = interrupted();
        TaskContext context;
        world->script.strikeAt("store.remove", 1, Fault::Hang);
        world->ledger->profile.uploads.at(jobId).givenUp = true;
        const auto leftovers = tidyUploads(world->services, context, std::chrono::milliseconds(1));
        QCOMPARE(leftovers->left, std::size_t{1});
        QCOMPARE(codeOf(Outcome<Nothing>(fail(*leftovers->why))), std::string("cancelled"));
        QVERIFY(world->ledger->profile.uploads.at(jobId).givenUp);
        QVERIFY(world->ledger->profile.holds.empty());
        QCOMPARE(tidyUploads(world->services, context, std::chrono::minutes(5))->left, std::size_t{0});
        QVERIFY(world->store->uploads.empty() && world->ledger->profile.uploads.empty());
    }

    /// Nobody waits for what follows a cancel when the program is about to end.
    void whoLeavesWaitsForNothing() {
        JobWorld world;
        int parts = 0;
        world.script.onCall = [&](const std::string& call) {
            if (call == "store.part" && ++parts == 2) {
                world.context.leave.cancel();
                world.script.owner.cancel();
            }
        };
        world.script.strikeAt("store.remove", 3, Fault::Hang); // the first two make room before the upload
        QCOMPARE(codeOf(world.run()), std::string("cancelled"));
        QCOMPARE(world.state(), std::string("returned"));
        QVERIFY(world.ledger->profile.uploads.at(jobId).givenUp);
        QCOMPARE(world.heard("returned"), 1l);
        TaskContext later;
        QVERIFY(deliverEvents(world.services, later).ok());
        QCOMPARE(tidyUploads(world.services, later, longestTidyingAside)->left, std::size_t{0});
        QVERIFY(world.store->uploads.empty());
        QCOMPARE(world.platform->taken("returned"), 1l);
    }

    void filesThatNobodyNamesGo() {
        JobWorld world;
        std::ofstream(world.services.keptFolder + "/stray.sealed-data") << "sealed";
        TaskContext context;
        QVERIFY(tidyUploads(world.services, context, longestTidyingAside).ok());
        QVERIFY(world.spoolIsEmpty());
    }

    /// An earlier try whose objects nobody could remove, and which had another type.
    void whatAnEarlierTryLeftIsNoDataset() {
        JobWorld world;
        const std::string old = std::string("out/loader/a/") + jobId + ".csv";
        world.store->objects[old + ".manifest.json"] = "old";
        world.store->objects[old + ".manifest.jws"] = "old";
        bool complete = false;
        world.script.onCall = [&](const std::string& call) {
            if (call == "store.part" || call == "store.begin")
                complete = complete || world.store->objects.count(old + ".manifest.jws") > 0;
        };
        QVERIFY(world.run().ok());
        QVERIFY(!complete);
        QVERIFY(world.script.calls("store.part") > 1);
    }
};

QTEST_GUILESS_MAIN(LeftoversTest)
#include "tst_leftovers.moc"
