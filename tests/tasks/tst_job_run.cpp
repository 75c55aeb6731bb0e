#include "crypto/stream/digest.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

#include <fstream>
#include <future>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using Fault = Script::Fault;

} // namespace

class JobRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunWithoutFaultsIsDone() {
        JobWorld world;
        const auto receipt = world.run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QCOMPARE(receipt->records, std::uint64_t{3});
        QVERIFY(receipt->values > 0);
        QCOMPARE(receipt->compared, receipt->values);
        QCOMPARE(receipt->readable, std::vector<std::string>{"ward"});
        QCOMPARE(world.stored(), 3l);
        QCOMPARE(world.platform->taken("done"), 1l);
        QCOMPARE(world.platform->taken("failed"), 0l);
        const auto events = world.platform->events();
        QCOMPARE(events.front().kind, std::string("claimed"));
        QCOMPARE(events.back().kind, std::string("done"));
        QCOMPARE(world.platform->taken("running"), 4l);
        QVERIFY(!receipt->reportPending && world.waiting() == 0);
        QCOMPARE(world.ledger->profile.receipts.size(), std::size_t{1});
        QCOMPARE(world.state(), std::string("done"));
        QVERIFY(world.spoolIsEmpty());
        for (const auto& [name, bytes] : world.store->objects)
            QVERIFY2(name == "in/patients.csv" || bytes.find(canary) == std::string::npos, name.c_str());
        for (const auto& event : events)
            QVERIFY(event.body.find(canary) == std::string::npos);
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
    }

    void theSignatureIsTheLastObject() {
        JobWorld world;
        QVERIFY(world.run().ok());
        QCOMPARE(world.script.calls("store.complete"), std::size_t{1}); // the data
        QCOMPARE(world.script.calls("store.put"), std::size_t{2});
        // With the last put failing there is no signature, and in the end nothing at all.
        JobWorld broken;
        broken.script.strikeAt("store.put", 2, Fault::After);
        QCOMPARE(codeOf(broken.run()), std::string("network.unreachable"));
        QCOMPARE(broken.stored(), 0l);
    }

    void straightThroughItIsTheSameDatasetAndNothingIsOnTheDisk() {
        JobWorld world(true);
        std::size_t files = 0;
        world.script.onCall = [&](const std::string& name) {
            if (name.rfind("store.", 0) == 0 && !world.spoolIsEmpty())
                ++files;
        };
        const auto receipt = world.run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QCOMPARE(files, std::size_t{0});
        QCOMPARE(receipt->compared, receipt->values);
        QVERIFY(world.script.calls("store.read") > 0); // the source, and what was stored, from the store alone
        QCOMPARE(world.script.calls("store.fetch"), std::size_t{0});
        QCOMPARE(world.script.calls("store.complete"), std::size_t{1});
        QCOMPARE(world.stored(), 3l);
        QCOMPARE(world.platform->taken("done"), 1l);
        QVERIFY(world.ledger->profile.uploads.empty());
        const std::string& data = world.store->objects["out/" + receipt->object];
        QCOMPARE(crypto::hexLower(crypto::sha256(asBytes(data))), receipt->sha256);
        QVERIFY(data.find(canary) == std::string::npos);
        // The store was told about how much would come.
        QVERIFY(world.store->expected >= data.size() && world.store->expected < 2 * data.size());
    }

    void whatTheStoreAlteredIsSeenBeforeTheDatasetIsComplete() {
        JobWorld world(true);
        world.script.onCall = [&](const std::string& name) {
            if (name == "store.complete") {
                std::string& part = world.store->uploads.begin()->second.parts.rbegin()->second;
                part[part.size() - 8] ^= 1; // inside the last record's last token
            }
        };
        QCOMPARE(codeOf(world.run()), std::string("job.check-failed"));
        QCOMPARE(world.stored(), 0l);
        QCOMPARE(world.platform->taken("done"), 0l);
    }

    void aFaultAtAnyCallEndsInOneState_data() {
        QTest::addColumn<int>("fault");
        QTest::addColumn<bool>("straight");
        for (const bool straight : {false, true}) {
            const auto row = [straight](const char* what, Fault fault) {
                QTest::addRow("%s%s", what, straight ? ", straight through" : "")
                    << static_cast<int>(fault) << straight;
            };
            row("the call fails", Fault::Before);
            row("its answer is lost", Fault::After);
            row("the owner cancels", Fault::Cancel);
        }
    }

    void aFaultAtAnyCallEndsInOneState() {
        QFETCH(int, fault);
        QFETCH(bool, straight);
        const std::size_t calls = [&] {
            JobWorld world(straight);
            (void)world.run();
            return world.script.calls();
        }();
        QVERIFY(calls > 20);
        for (std::size_t n = 1; n <= calls; ++n) {
            JobWorld world(straight);
            world.script.strikeAt(n, static_cast<Fault>(fault));
            const auto receipt = world.run();
            const std::string struck = world.script.struck();
            const QByteArray where = QByteArray::fromStdString("call " + std::to_string(n) + ", " + struck + ": " +
                                                               codeOf(receipt) + ", state " + world.state());
            const long done = world.heard("done"), failed = world.heard("failed"), returned = world.heard("returned"),
                       claimed = world.platform->taken("claimed");
            QVERIFY2(world.spoolIsEmpty(), where);
            QVERIFY2(world.stored() == (done ? 3 : 0), where);
            QVERIFY2(world.ledger->profile.holds.empty(), where);
            if (receipt) {
                QVERIFY2(done == 1 && failed + returned == 0, where);
                QVERIFY2(world.state() == "done" && world.ledger->profile.receipts.size() == 1, where);
                QVERIFY2(receipt->reportPending || world.platform->taken("done") == 1, where);
            } else {
                // A claim whose answer was lost is no claim for us: it is taken up again.
                const bool ours = world.state() != "none";
                const bool cancelled = receipt.error().code == Code::Cancelled;
                QVERIFY2(ours || !claimed || cancelled || struck == "platform.send:claimed", where);
                QVERIFY2(done == 0, where);
                QVERIFY2(failed == (ours && !cancelled ? 1 : 0), where);
                QVERIFY2(returned == (ours && cancelled ? 1 : 0), where);
                QVERIFY2(!ours || world.state() == (cancelled ? "returned" : "failed"), where);
                QVERIFY2(!failed || world.told("failed", "reason") == stableId(receipt.error().code), where);
                // What failed can be taken up again.
                world.script.owner = Cancel();
                world.context.cancel = world.script.owner;
                QVERIFY2(world.run().ok(), where);
            }
            world.script.strikeAt(0, Fault::None); // threads: a run may make fewer calls than the one that was counted
            // What waits is sent by whoever comes next; all of it once and in order.
            TaskContext later;
            QVERIFY2(deliverEvents(world.services, later).ok(), where);
            QVERIFY2(world.waiting() == 0, where);
            QVERIFY2(world.platform->taken("done") == 1 && world.platform->events().back().kind == "done", where);
            QVERIFY2(world.stored() == 3, where);
        }
    }

    void aStoreThatHangsIsLeftWhenTheOwnerCancels() {
        JobWorld world;
        world.script.strikeAt("store.put", 1, Fault::Hang);
        auto run = std::async(std::launch::async, [&] { return world.run(); });
        while (world.script.struck().empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        world.script.owner.cancel();
        QCOMPARE(codeOf(run.get()), std::string("cancelled"));
        QCOMPARE(world.platform->taken("returned"), 1l);
        QCOMPARE(world.stored(), 0l);
    }

    void aFailureTellsThePlatformNoValueAndNoName() {
        JobWorld world;
        world.store->objects["in/patients.csv"] = std::string("name,ward,born\n\"") + canary;
        QCOMPARE(codeOf(world.run()), std::string("data.csv.unclosed-quote"));
        QCOMPARE(world.told("failed", "reason"), std::string("data.csv.unclosed-quote"));
        const std::string told = world.platform->events().back().body;
        QVERIFY2(told.find(canary) == std::string::npos && told.find("patients") == std::string::npos, told.c_str());
    }

    void aFileThatChangesDuringTheJobIsSeen() {
        for (const std::size_t step : {std::size_t{2}, std::size_t{3}}) { // seal, check
            JobWorld world;
            QTemporaryDir folder;
            const std::string path = folder.path().toStdString() + "/patients.csv";
            std::ofstream(path) << world.store->objects["in/patients.csv"];
            world.api->entry.jws = givens().localJws;
            std::size_t steps = 0;
            world.script.onCall = [&](const std::string& call) {
                if (call == "outbox.add:running" && ++steps == step)
                    std::ofstream(path, std::ios::app) << "Eve,5,\n";
            };
            RunRequest request;
            request.jobId = jobId;
            request.inputPath = path;
            QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("data.changed-while-read"));
            QCOMPARE(world.told("failed", "reason"), std::string("data.changed-while-read"));
            QCOMPARE(world.state(), std::string("failed"));
            QCOMPARE(world.stored(), 0l);
            QVERIFY(world.spoolIsEmpty());
        }
    }

    void aFullDiskEndsTheJobAndLeavesNothing_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::newRow("while the source is spooled") << QByteArray("store.fetch");
        QTest::newRow("while it is sealed") << QByteArray("outbox.add:running seal");
    }

    void aFullDiskEndsTheJobAndLeavesNothing() {
        QFETCH(QByteArray, from);
        JobWorld world;
        std::optional<FullDisk> full;
        int steps = 0;
        world.script.onCall = [&](const std::string& call) {
            const bool sealing = call == "outbox.add:running" && ++steps == 2;
            if (from == QByteArray::fromStdString(sealing ? call + " seal" : call))
                full.emplace(10);
        };
        const auto receipt = world.run();
        full.reset();
        world.script.onCall = nullptr; // there is room again
        QCOMPARE(codeOf(receipt), std::string("file.no-space"));
        QCOMPARE(world.told("failed", "reason"), std::string("file.no-space"));
        QCOMPARE(world.state(), std::string("failed"));
        QCOMPARE(world.stored(), 0l);
        QVERIFY(world.spoolIsEmpty());
        QVERIFY(world.run().ok());
    }

    void aStoreThatDeniesEndsTheJobAndLeavesNothing() {
        JobWorld probe;
        QVERIFY(probe.run().ok());
        int denied = 0;
        for (const char* call :
             {"store.head", "store.fetch", "store.remove", "store.begin", "store.part", "store.complete", "store.put"})
            for (std::size_t nth = 1; nth <= probe.script.calls(call); ++nth) {
                JobWorld world;
                world.script.strikeAt(call, nth, Fault::Before, Code::StorageDenied);
                QCOMPARE(codeOf(world.run()), std::string("storage.denied"));
                QCOMPARE(world.platform->events().back().kind, std::string("failed"));
                QCOMPARE(world.told("failed", "reason"), std::string("storage.denied"));
                QCOMPARE(world.state(), std::string("failed"));
                QCOMPARE(world.stored(), 0l);
                QVERIFY(world.spoolIsEmpty());
                ++denied;
            }
        QVERIFY(denied >= 8);
    }

    void whatIsPreparedIsWhatTheJobIsRunWith() {
        JobWorld world;
        RunRequest request;
        request.jobId = jobId;
        request.prepare = [](const Job& job, RunRequest&) -> Outcome<void> {
            return fail(Failure(Code::UsageWrong, {job.jobId}));
        };
        QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("usage.wrong"));
        QVERIFY(world.platform->events().empty());
        QCOMPARE(world.state(), std::string("none"));
        request.prepare = [](const Job&, RunRequest& settled) -> Outcome<void> {
            settled.ownerPolicy = parsePolicy(R"({"version":1,"fields":[{"path":"born","action":"keep"}]})").value();
            return {};
        };
        const auto receipt = runJob(world.services, request, world.context);
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QCOMPARE(receipt->readable, (std::vector<std::string>{"ward", "born"}));
        QVERIFY(world.ledger->profile.jobRecords[jobId].policyJson);
    }

    void aWeakerPolicyIsRefusedAndTold() {
        JobWorld world;
        RunRequest request;
        request.jobId = jobId;
        request.ownerPolicy = parsePolicy(R"({"version":1,"fields":[{"path":"name","action":"keep"}]})").value();
        const auto receipt = runJob(world.services, request, world.context);
        QCOMPARE(codeOf(receipt), std::string("policy.weaker-than-job"));
        QCOMPARE(receipt.error().facts, std::vector<std::string>{"name"});
        QVERIFY(!world.ledger->profile.jobRecords[jobId].policyJson); // not kept for the next try
        QCOMPARE(world.platform->taken("failed"), 1l);
        QCOMPARE(world.stored(), 0l);
    }

    void anotherJobUnderTheSameIdIsAReplay() {
        JobWorld world;
        JobRecord record;
        record.jobId = jobId;
        record.jwsSha256 = std::string(64, 'a');
        record.state = JobState::Failed;
        world.ledger->profile.jobRecords[jobId] = record;
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
        QVERIFY(world.platform->events().empty());
    }

    void aDeclinedJobIsNotRun() {
        JobWorld world;
        QCOMPARE(codeOf(declineJob(world.services, jobId, "not ours", world.context)), std::string("ok"));
        QCOMPARE(world.told("declined", "reason"), std::string("not ours"));
        QCOMPARE(world.state(), std::string("declined"));
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
        QCOMPARE(world.platform->events().size(), std::size_t{1});
    }

    void aSourceThatIsNotTheJobsIsRefused_data() {
        QTest::addColumn<int>("more"); // bytes than there are
        QTest::addColumn<bool>("sameDigest");
        QTest::addColumn<bool>("straight");
        for (const bool straight : {false, true}) {
            const char* how = straight ? ", straight through" : "";
            QTest::addRow("the same%s", how) << 0 << true << straight;
            QTest::addRow("another length%s", how) << 1 << true << straight;
            QTest::addRow("other bytes%s", how) << 0 << false << straight;
        }
    }

    void aSourceThatIsNotTheJobsIsRefused() {
        QFETCH(int, more);
        QFETCH(bool, sameDigest);
        QFETCH(bool, straight);
        JobWorld world(straight);
        const std::string& bytes = world.store->objects["in/patients.csv"];
        const std::string digest = crypto::hexLower(crypto::sha256(asBytes(sameDigest ? bytes : "other")));
        const Json source(JsonObject{{"kind", "object"},
                                     {"bucket", "in"},
                                     {"object", "patients.csv"},
                                     {"media_type", "text/csv"},
                                     {"size", bytes.size() + static_cast<std::size_t>(more)},
                                     {"sha256", digest}});
        world.api->entry.jws =
            crypto::signJws("sealwright-job", jobText(sharedKeys().dec.publicKey(), JsonObject{{"version", 1}}, source),
                            givens().platform);
        const bool same = more == 0 && sameDigest;
        QCOMPARE(codeOf(world.run()), std::string(same ? "ok" : "job.source-mismatch"));
        QCOMPARE(world.stored(), same ? 3l : 0l);
        QCOMPARE(world.state(), std::string(same ? "done" : "failed"));
    }

    void aJobSignedBySomebodyElseIsNotTouched() {
        JobWorld world;
        const auto stranger = crypto::SigningKey::generate();
        world.ledger->pinned->registration.keys.sig = {stranger->publicKey()};
        QCOMPARE(codeOf(world.run()), std::string("job.unknown-signer"));
        QVERIFY(world.platform->events().empty());
        QCOMPARE(world.stored(), 0l);
    }
};

QTEST_GUILESS_MAIN(JobRunTest)
#include "tst_job_run.moc"
