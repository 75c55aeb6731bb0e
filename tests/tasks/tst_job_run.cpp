#include "models/tasks/job_run.h"

#include "tests/tasks/fake_world.h"

#include <QDir>
#include <QtTest>

#include <fstream>
#include <future>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;
using Fault = Script::Fault;

constexpr const char* jobId = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01";
constexpr const char* canary = "Magdalena-Canary";

/// Keys and a job, made once; every world starts from copies of them.
struct Givens {
    crypto::SigningKey platform;
    std::map<SecretStore::Entry, crypto::SecretBytes> secrets;
    std::vector<KeyRecord> records;
    std::string jws, localJws; ///< of data in the store, of a file of the owner's
};

std::string jobText(const crypto::RecipientKey& machine, Json policy, Json source) {
    const auto dek = crypto::wrapKey(crypto::freshDek(), machine);
    const auto secrets =
        crypto::encryptJwe(crypto::SecretBytes(asBytes(R"({"storage":{"access_key":"a","secret_key":"s"}})")), machine);
    return crypto::writeControlJson(JsonObject{
        {"format", "sealwright-job/1"},
        {"job_id", jobId},
        {"machine_id", "m-1"},
        {"dataset_id", "7d6b9d0c-31d4-4e0a-8f1f-6b8c2f0e9a11"},
        {"name", "Patients"},
        {"issued", toRfc3339(now() - 60)},
        {"expires", toRfc3339(now() + 3600)},
        {"source", std::move(source)},
        {"target", JsonObject{{"bucket", "out"}, {"prefix", "loader/a/"}}},
        {"storage", JsonObject{{"endpoint", "http://127.0.0.1:9000"}, {"region", "us-east-1"}}},
        {"key",
         JsonObject{
             {"version", 1}, {"id", "dek-1"}, {"kid", machine.kid}, {"alg", "RSA-OAEP-256"}, {"wrapped_key", *dek}}},
        {"policy", std::move(policy)},
        {"feedback", JsonObject{{"kind", "rest"}}},
        {"secrets", *secrets}});
}

const Givens& givens() {
    static const Givens made = [] {
        FakeWorld world;
        Givens all{crypto::SigningKey::generate().value(), {}, {}, {}, {}};
        const MachineKeys keys = sharedKeys();
        (void)storeKeys(world.services, keys);
        all.secrets = std::move(world.secrets->kept);
        all.records = world.ledger->keyRecords;
        const Json policy(
            JsonObject{{"version", 1},
                       {"fields", JsonArray{Json(JsonObject{{"path", "ward"}, {"action", "keep"}}),
                                            Json(JsonObject{{"path", "name"}, {"action", "deterministic"}})}}});
        const auto signedJob = [&](Json source) {
            return crypto::signJws("sealwright-job", jobText(keys.dec.publicKey(), policy, std::move(source)),
                                   all.platform);
        };
        all.jws = signedJob(
            JsonObject{{"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}});
        all.localJws = signedJob(JsonObject{{"kind", "local"}});
        return all;
    }();
    return made;
}

struct JobWorld : FakeWorld {
    JobWorld() {
        for (const auto& [entry, secret] : givens().secrets)
            secrets->kept.insert_or_assign(entry, secret.clone());
        secrets->kept.insert_or_assign(SecretStore::Entry::AccessToken, crypto::SecretBytes(asBytes("token")));
        ledger->keyRecords = givens().records;
        PinnedRegistration pinned;
        pinned.registration.machineId = "m-1";
        pinned.registration.platform = "http://127.0.0.1:7001";
        pinned.registration.keys.sig = {givens().platform.publicKey()};
        pinned.registration.hosts = {"127.0.0.1:7001", "127.0.0.1:9000"};
        pinned.platformName = "127.0.0.1:7001";
        ledger->pinned = pinned;
        store->objects["in/patients.csv"] =
            std::string("name,ward,born\n") + canary + ",3,1970-01-01\nOtto,4,\n\"Li, Wei\",3,1999-12-31\n";
        api->entry = {jobId, JobState::Pending, givens().jws, now()};
    }
    Outcome<Receipt> run() {
        RunRequest request;
        request.jobId = jobId;
        return runJob(services, request, context);
    }
    /// Objects of the target bucket.
    long stored() const {
        return std::count_if(store->objects.begin(), store->objects.end(),
                             [](const auto& one) { return one.first.rfind("out/", 0) == 0; });
    }
    bool spoolIsEmpty() const {
        return QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    std::string state() const {
        const auto found = ledger->jobRecords.find(jobId);
        return found == ledger->jobRecords.end() ? "none" : std::string(toText(found->second.state));
    }
};

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
        QCOMPARE(world.api->taken("done"), 1l);
        QCOMPARE(world.api->taken("failed"), 0l);
        QCOMPARE(world.api->events.front().first, std::string("claimed"));
        QCOMPARE(world.api->events.back().first, std::string("done"));
        QCOMPARE(world.ledger->kept.size(), std::size_t{1});
        QCOMPARE(world.state(), std::string("done"));
        QVERIFY(world.spoolIsEmpty());
        for (const auto& [name, bytes] : world.store->objects)
            QVERIFY2(name == "in/patients.csv" || bytes.find(canary) == std::string::npos, name.c_str());
        for (const auto& [kind, event] : world.api->events)
            QVERIFY(crypto::writeControlJson(event.metadata).find(canary) == std::string::npos);
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
    }

    void theSignatureIsTheLastObject() {
        JobWorld world;
        QVERIFY(world.run().ok());
        std::size_t puts = 0;
        for (const std::string& name : world.script.names())
            puts += name == "store.put";
        QCOMPARE(puts, std::size_t{3});
        // With the third put failing there is no signature, and in the end nothing at all.
        const auto& names = world.script.names();
        std::size_t at = 0;
        for (std::size_t i = 0, seen = 0; i < names.size(); ++i)
            if (names[i] == "store.put" && ++seen == 3)
                at = i + 1;
        JobWorld broken;
        broken.script.strikeAt(at, Fault::After);
        QCOMPARE(codeOf(broken.run()), std::string("network.unreachable"));
        QCOMPARE(broken.stored(), 0l);
    }

    void aFaultAtAnyCallEndsInOneState_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("the call fails") << static_cast<int>(Fault::Before);
        QTest::newRow("its answer is lost") << static_cast<int>(Fault::After);
        QTest::newRow("the owner cancels") << static_cast<int>(Fault::Cancel);
    }

    void aFaultAtAnyCallEndsInOneState() {
        QFETCH(int, fault);
        const std::size_t calls = [] {
            JobWorld world;
            (void)world.run();
            return world.script.calls();
        }();
        QVERIFY(calls > 20);
        for (std::size_t n = 1; n <= calls; ++n) {
            JobWorld world;
            world.script.strikeAt(n, static_cast<Fault>(fault));
            const auto receipt = world.run();
            const std::string struck = world.script.struck();
            const QByteArray where = QByteArray::fromStdString("call " + std::to_string(n) + ", " + struck + ": " +
                                                               codeOf(receipt) + ", state " + world.state());
            const long done = world.api->taken("done"), failed = world.api->taken("failed"),
                       returned = world.api->taken("returned"), claimed = world.api->taken("claimed");
            QVERIFY2(world.spoolIsEmpty(), where);
            QVERIFY2(world.stored() == (done ? 3 : 0), where);
            if (receipt) {
                QVERIFY2(done == 1 && failed + returned == 0, where);
                QVERIFY2(world.state() == "done" && world.ledger->kept.size() == 1, where);
                continue;
            }
            // A claim whose answer was lost is no claim for us: it is taken up again.
            const bool ours = claimed == 1 && struck != "api.send:claimed";
            const bool cancelled = receipt.error().code == Code::Cancelled;
            QVERIFY2(failed == (ours && !done && !cancelled ? 1 : 0), where);
            QVERIFY2(returned == (ours && !done && cancelled ? 1 : 0), where);
            if (failed)
                QVERIFY2(world.api->events.back().second.reason == stableId(receipt.error().code), where);
            if (failed + returned)
                QVERIFY2(world.state() == (cancelled ? "returned" : "failed"), where);
            if (!done) {
                // What failed can be taken up again.
                world.script.owner = Cancel();
                world.context.cancel = world.script.owner;
                QVERIFY2(world.run().ok(), where);
            }
        }
    }

    void aStoreThatHangsIsLeftWhenTheOwnerCancels() {
        JobWorld probe;
        QVERIFY(probe.run().ok());
        const auto& names = probe.script.names();
        const auto at =
            static_cast<std::size_t>(std::find(names.begin(), names.end(), "store.put") - names.begin()) + 1;
        JobWorld world;
        world.script.strikeAt(at, Fault::Hang);
        auto run = std::async(std::launch::async, [&] { return world.run(); });
        while (world.script.calls() < at)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        world.script.owner.cancel();
        QCOMPARE(codeOf(run.get()), std::string("cancelled"));
        QCOMPARE(world.api->taken("returned"), 1l);
        QCOMPARE(world.stored(), 0l);
    }

    void aFailureTellsThePlatformNoValueAndNoName() {
        JobWorld world;
        world.store->objects["in/patients.csv"] = std::string("name,ward,born\n\"") + canary;
        QCOMPARE(codeOf(world.run()), std::string("data.csv.unclosed-quote"));
        const JobEvent& event = world.api->events.back().second;
        QCOMPARE(event.reason, std::string("data.csv.unclosed-quote"));
        const std::string told = crypto::writeControlJson(event.details);
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
                if (call == "api.send:running" && ++steps == step)
                    std::ofstream(path, std::ios::app) << "Eve,5,\n";
            };
            RunRequest request;
            request.jobId = jobId;
            request.inputPath = path;
            QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("data.changed-while-read"));
            QCOMPARE(world.api->events.back().second.reason, std::string("data.changed-while-read"));
            QCOMPARE(world.state(), std::string("failed"));
            QCOMPARE(world.stored(), 0l);
            QVERIFY(world.spoolIsEmpty());
        }
    }

    void aFullDiskEndsTheJobAndLeavesNothing_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::newRow("while the source is spooled") << QByteArray("store.fetch");
        QTest::newRow("while it is sealed") << QByteArray("api.send:running seal");
    }

    void aFullDiskEndsTheJobAndLeavesNothing() {
        QFETCH(QByteArray, from);
        JobWorld world;
        std::optional<FullDisk> full;
        int steps = 0;
        world.script.onCall = [&](const std::string& call) {
            const bool sealing = call == "api.send:running" && ++steps == 2;
            if (from == QByteArray::fromStdString(sealing ? call + " seal" : call))
                full.emplace(10);
        };
        const auto receipt = world.run();
        full.reset();
        QCOMPARE(codeOf(receipt), std::string("file.no-space"));
        QCOMPARE(world.api->events.back().second.reason, std::string("file.no-space"));
        QCOMPARE(world.state(), std::string("failed"));
        QCOMPARE(world.stored(), 0l);
        QVERIFY(world.spoolIsEmpty());
        QVERIFY(world.run().ok());
    }

    void aStoreThatDeniesEndsTheJobAndLeavesNothing() {
        JobWorld probe;
        QVERIFY(probe.run().ok());
        const auto names = probe.script.names();
        int denied = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] != "store.head" && names[i] != "store.fetch" && names[i] != "store.put")
                continue;
            JobWorld world;
            world.script.strikeAt(i + 1, Fault::Before, Code::StorageDenied);
            QCOMPARE(codeOf(world.run()), std::string("storage.denied"));
            QCOMPARE(world.api->events.back().first, std::string("failed"));
            QCOMPARE(world.api->events.back().second.reason, std::string("storage.denied"));
            QCOMPARE(world.state(), std::string("failed"));
            QCOMPARE(world.stored(), 0l);
            QVERIFY(world.spoolIsEmpty());
            ++denied;
        }
        QVERIFY(denied >= 5);
    }

    void whatIsPreparedIsWhatTheJobIsRunWith() {
        JobWorld world;
        RunRequest request;
        request.jobId = jobId;
        request.prepare = [](const Job& job, RunRequest&) -> Outcome<void> {
            return fail(Failure(Code::UsageWrong, {job.jobId}));
        };
        QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("usage.wrong"));
        QVERIFY(world.api->events.empty());
        QCOMPARE(world.state(), std::string("none"));
        request.prepare = [](const Job&, RunRequest& settled) -> Outcome<void> {
            settled.ownerPolicy = parsePolicy(R"({"version":1,"fields":[{"path":"born","action":"keep"}]})").value();
            return {};
        };
        const auto receipt = runJob(world.services, request, world.context);
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QCOMPARE(receipt->readable, (std::vector<std::string>{"ward", "born"}));
        QVERIFY(world.ledger->jobRecords[jobId].policyJson);
    }

    void aWeakerPolicyIsRefusedAndTold() {
        JobWorld world;
        RunRequest request;
        request.jobId = jobId;
        request.ownerPolicy = parsePolicy(R"({"version":1,"fields":[{"path":"name","action":"keep"}]})").value();
        const auto receipt = runJob(world.services, request, world.context);
        QCOMPARE(codeOf(receipt), std::string("policy.weaker-than-job"));
        QCOMPARE(receipt.error().facts, std::vector<std::string>{"name"});
        QVERIFY(!world.ledger->jobRecords[jobId].policyJson); // not kept for the next try
        QCOMPARE(world.api->taken("failed"), 1l);
        QCOMPARE(world.stored(), 0l);
    }

    void anotherJobUnderTheSameIdIsAReplay() {
        JobWorld world;
        JobRecord record;
        record.jobId = jobId;
        record.jwsSha256 = std::string(64, 'a');
        record.state = JobState::Failed;
        world.ledger->jobRecords[jobId] = record;
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
        QVERIFY(world.api->events.empty());
    }

    void aDeclinedJobIsNotRun() {
        JobWorld world;
        QCOMPARE(codeOf(declineJob(world.services, jobId, "not ours", world.context)), std::string("ok"));
        QCOMPARE(world.api->events.back().second.reason, std::string("not ours"));
        QCOMPARE(world.state(), std::string("declined"));
        QCOMPARE(codeOf(world.run()), std::string("job.replayed"));
        QCOMPARE(world.api->events.size(), std::size_t{1});
    }

    void aJobSignedBySomebodyElseIsNotTouched() {
        JobWorld world;
        const auto stranger = crypto::SigningKey::generate();
        world.ledger->pinned->registration.keys.sig = {stranger->publicKey()};
        QCOMPARE(codeOf(world.run()), std::string("job.bad-signature"));
        QVERIFY(world.api->events.empty());
        QCOMPARE(world.stored(), 0l);
    }
};

QTEST_GUILESS_MAIN(JobRunTest)
#include "tst_job_run.moc"
