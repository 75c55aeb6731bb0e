#include "crypto/base/b64.h"
#include "crypto/stream/digest.h"
#include "models/tasks/kept_upload.h"
#include "models/tasks/upload_leftovers.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <future>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using Fault = Script::Fault;

/// Calls that only the run's own thread makes: at these the world stands still and can be copied.
bool isOfTheRun(const std::string& call) {
    if (call == "outbox.add:progress")
        return false;
    for (const char* beginning : {"store.", "uploads.", "ledger.rememberJob", "ledger.keys", "outbox.add:", "api."})
        if (call.rfind(beginning, 0) == 0)
            return true;
    return false;
}

/// What a process that is killed leaves behind, in a world where the next one starts: profile, store, platform and kept
/// files are as they were, its spool and its holds are dead.
struct AfterKill : JobWorld {
    explicit AfterKill(JobWorld& killed) : JobWorld(killed.straight) {
        {
            const std::lock_guard lock(killed.ledger->profile.mutex);
            const FakeProfile& before = killed.ledger->profile;
            ledger->profile.jobRecords = before.jobRecords;
            ledger->profile.receipts = before.receipts;
            ledger->profile.events = before.events;
            ledger->profile.sequences = before.sequences;
            ledger->profile.holds = before.holds;
            ledger->profile.uploads = before.uploads;
        }
        platform->takeOver(*killed.platform);
        store->objects = killed.store->objects;
        store->uploads = killed.store->uploads;
        api->entry = killed.api->entry;
        services.keptFolder = (std::filesystem::path(kept.path().toStdString()) / "kept").string();
        std::filesystem::copy(killed.services.keptFolder, services.keptFolder);
        for (auto& [id, record] : ledger->profile.uploads)
            if (!record.file.empty())
                record.file = services.keptFolder + "/" + std::filesystem::path(record.file).filename().string();
    }
    std::size_t keptFiles() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(services.keptFolder),
                                                      std::filesystem::directory_iterator()));
    }
    void start() {
        TaskContext fresh;
        QVERIFY(deliverEvents(services, fresh).ok());
        const auto leftovers = tidyUploads(services, fresh, longestTidyingAside);
        QVERIFY(leftovers.ok());
        QCOMPARE(leftovers->left, std::size_t{0});
    }
};

/// As the platform has it after what it was told.
void follow(JobWorld& world) {
    const auto events = world.platform->events();
    world.api->entry.state = JobState::Pending;
    for (const auto& event : events)
        if (event.kind != "progress")
            world.api->entry.state = *jobStateFromText(event.kind);
}

/// Runs a job up to its call of that number, and gives the world that a kill right before it leaves; null where there
/// is no such call of the run's.
std::unique_ptr<AfterKill> killedAt(std::size_t number, std::string& call, bool straight) {
    JobWorld world(straight);
    std::unique_ptr<AfterKill> after;
    std::size_t calls = 0;
    std::mutex mutex;
    world.script.onCall = [&](const std::string& name) {
        if (!isOfTheRun(name))
            return;
        const std::lock_guard lock(mutex);
        if (++calls != number)
            return;
        call = name;
        after = std::make_unique<AfterKill>(world);
    };
    (void)world.run();
    if (after)
        follow(*after);
    return after;
}

/// A world whose upload was interrupted after its first part.
std::unique_ptr<AfterKill> interrupted() {
    std::unique_ptr<AfterKill> after;
    JobWorld world;
    int sent = 0;
    world.script.onCall = [&](const std::string& name) {
        if (name == "uploads.sent" && ++sent == 2)
            after = std::make_unique<AfterKill>(world);
    };
    (void)world.run();
    follow(*after);
    return after;
}

std::string runIdOf(const std::string& manifest) {
    const auto read = parseManifest(manifest);
    return read ? crypto::b64Encode(read->runs.front().runId) : std::string();
}

} // namespace

class JobResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The process dies before any one of the calls that its run makes; whoever starts next brings the job to its end.
    void aKillAtAnyCallEndsInOneDataset_data() {
        QTest::addColumn<bool>("straight");
        QTest::newRow("by a kept file") << false;
        QTest::newRow("straight through") << true;
    }

    void aKillAtAnyCallEndsInOneDataset() {
        QFETCH(bool, straight);
        std::size_t kills = 0, wentOn = 0, anew = 0;
        for (std::size_t n = 1;; ++n) {
            std::string call;
            auto world = killedAt(n, call, straight);
            if (!world)
                break;
            ++kills;
            const QByteArray where = QByteArray::fromStdString("before call " + std::to_string(n) + ", " + call);
            const auto before = world->ledger->profile.uploads;
            world->start();
            if (world->state() != "done") {
                RunRequest request;
                request.jobId = jobId;
                request.straightThrough = straight;
                bool resumed = false;
                request.goesOn = [&](const UploadRecord&) {
                    resumed = true;
                    return Outcome<void>();
                };
                const auto receipt = runJob(world->services, request, world->context);
                QVERIFY2(receipt.ok(), where + ": " + QByteArray::fromStdString(codeOf(receipt)));
                resumed ? ++wentOn : ++anew;
                if (resumed) // nothing was sealed again
                    QVERIFY2(receipt->sha256 == before.at(jobId).sha256, where);
            }
            world->start();
            QVERIFY2(world->stored() == 3, where);
            QVERIFY2(world->store->uploads.empty(), where);
            QVERIFY2(world->platform->taken("done") == 1, where);
            QVERIFY2(world->state() == "done" && world->ledger->profile.receipts.size() == 1, where);
            QVERIFY2(world->ledger->profile.uploads.empty() && world->keptFiles() == 0, where);
            QVERIFY2(world->waiting() == 0 && world->ledger->profile.holds.empty(), where);
            const auto& receipt = world->ledger->profile.receipts.front();
            const std::string& data = world->store->objects["out/" + receipt.object];
            QVERIFY2(crypto::hexLower(crypto::sha256(asBytes(data))) == receipt.sha256, where);
        }
        QVERIFY(kills > 20);
        QVERIFY(straight ? wentOn == 0 : wentOn > 5);
        QVERIFY(anew > 5);
    }

    void onlyWhatIsMissingIsSent() {
        const auto world = interrupted();
        const auto& record = world->ledger->profile.uploads.at(jobId);
        const std::uint64_t parts = (record.size + FakeStore::partSize - 1) / FakeStore::partSize;
        QVERIFY(parts > 3);
        const std::size_t there = world->store->uploads.begin()->second.parts.size();
        QVERIFY(there >= 1);
        TaskContext context;
        const auto board = listJobs(world->services, context);
        QVERIFY(board.ok() && board->jobs.front().interrupted);
        QVERIFY(world->run().ok());
        QCOMPARE(world->store->partsSent, parts - there);
        QCOMPARE(world->platform->taken("claimed"), 1l);
        QCOMPARE(world->script.calls("store.fetch"), std::size_t{0});
    }

    void aLocalJobThatGoesOnNeedsNoFile() {
        const auto world = interrupted();
        world->api->entry.jws = givens().localJws;
        auto& record = world->ledger->profile.jobRecords[jobId];
        record.jws = givens().localJws;
        record.jwsSha256 = crypto::hexLower(crypto::sha256(asBytes(givens().localJws)));
        RunRequest request;
        request.jobId = jobId;
        request.prepare = [](const Job&, RunRequest&) -> Outcome<void> { return fail(Code::UsageWrong); };
        QCOMPARE(codeOf(runJob(world->services, request, world->context)), std::string("ok"));
    }

    void whatIsRestartedIsSealedAgainUnderANewRunId() {
        const auto world = interrupted();
        const auto before = world->ledger->profile.uploads.at(jobId);
        std::string manifest;
        world->script.onCall = [&](const std::string& call) {
            if (call == "store.put" && manifest.empty())
                manifest = world->ledger->profile.uploads.at(jobId).manifest;
        };
        RunRequest request;
        request.jobId = jobId;
        request.restart = true;
        QCOMPARE(codeOf(runJob(world->services, request, world->context)), std::string("ok"));
        QVERIFY(!manifest.empty() && runIdOf(manifest) != runIdOf(before.manifest));
        QCOMPARE(world->platform->taken("claimed"), 2l);
        QCOMPARE(world->stored(), 3l);
        QVERIFY(world->store->uploads.empty());
        QCOMPARE(world->keptFiles(), std::size_t{0});
    }

    void aKeptFileThatIsNotWhatWasCheckedIsNeverSent_data() {
        QTest::addColumn<bool>("shorter");
        QTest::newRow("a byte is another") << false;
        QTest::newRow("it is shorter") << true;
    }

    void aKeptFileThatIsNotWhatWasCheckedIsNeverSent() {
        QFETCH(bool, shorter);
        const auto world = interrupted();
        const auto before = world->ledger->profile.uploads.at(jobId);
        if (shorter) {
            std::filesystem::resize_file(before.file, before.size - 1);
        } else {
            std::fstream file(before.file, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(static_cast<std::streamoff>(before.size / 2));
            file.put('\x01');
        }
        const auto receipt = world->run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->sha256 != before.sha256);
        QCOMPARE(world->stored(), 3l);
        QVERIFY(world->store->uploads.empty());
        QCOMPARE(world->keptFiles(), std::size_t{0});
    }

    void aRunBegunInTimeMayEnd() {
        const auto world = interrupted();
        auto& record = world->ledger->profile.uploads.at(jobId);
        const std::string expired = expiredJws();
        world->api->entry.jws = expired;
        auto& kept = world->ledger->profile.jobRecords[jobId];
        kept.jws = expired;
        kept.jwsSha256 = crypto::hexLower(crypto::sha256(asBytes(expired)));
        record.begun = now() - 8000; // before it expired
        QCOMPARE(codeOf(world->run()), std::string("ok"));
    }

    void aRunBegunTooLateMayNot() {
        const auto world = interrupted();
        const std::string expired = expiredJws();
        world->api->entry.jws = expired;
        auto& kept = world->ledger->profile.jobRecords[jobId];
        kept.jws = expired;
        kept.jwsSha256 = crypto::hexLower(crypto::sha256(asBytes(expired)));
        QCOMPARE(codeOf(world->run()), std::string("job.expired"));
    }

    void whatThePlatformTookBackIsNotGoneOnWith() {
        const auto world = interrupted();
        world->api->entry.state = JobState::Cancelled;
        TaskContext context;
        QVERIFY(!findJob(world->services, jobId, context)->interrupted);
        QVERIFY(world->ledger->profile.uploads.at(jobId).givenUp);
        QVERIFY(world->run().ok()); // claimed anew, and sealed anew
        QCOMPARE(world->platform->taken("claimed"), 2l);
    }

    void whatIsDeclinedIsGivenUp() {
        const auto world = interrupted();
        TaskContext context;
        QCOMPARE(codeOf(declineJob(world->services, jobId, "not ours any more", context)), std::string("ok"));
        QCOMPARE(tidyUploads(world->services, context, longestTidyingAside)->left, std::size_t{0});
        QVERIFY(world->store->uploads.empty() && world->ledger->profile.uploads.empty());
        QCOMPARE(world->stored(), 0l);
        QCOMPARE(world->keptFiles(), std::size_t{0});
    }

    void oneThatSomebodyGoesOnWithIsBusy() {
        const auto world = interrupted();
        std::optional<std::string> second, givenUp;
        bool listed = true;
        world->script.onCall = [&](const std::string& call) {
            if (call != "store.part" || second)
                return;
            second = "";
            TaskContext context;
            RunRequest request;
            request.jobId = jobId;
            second = codeOf(runJob(world->services, request, context));
            givenUp = codeOf(giveUpInterrupted(world->services, jobId, context));
            listed = listJobs(world->services, context)->jobs.front().interrupted;
        };
        QVERIFY(world->run().ok());
        QCOMPARE(second.value_or("never"), std::string("job.busy"));
        QCOMPARE(givenUp.value_or("never"), std::string("job.busy"));
        QVERIFY(!listed);
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

private:
    static std::string expiredJws() {
        const Json policy(JsonObject{{"version", 1}});
        const auto text = jobText(
            sharedKeys().dec.publicKey(), policy,
            JsonObject{{"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}},
            now() - 10000, now() - 7200);
        return crypto::signJws("sealwright-job", text, givens().platform);
    }
};

QTEST_GUILESS_MAIN(JobResumeTest)
#include "tst_job_resume.moc"
