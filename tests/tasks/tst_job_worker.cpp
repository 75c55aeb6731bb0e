#include "models/tasks/event_sender.h"
#include "models/tasks/job_worker.h"
#include "tests/tasks/job_world.h"

#include <QCryptographicHash>
#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;
using std::chrono::milliseconds;

namespace {

const std::string ids[] = {"0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01", "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a02",
                           "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a03", "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a04"};

/// A world with a list of jobs, and a clock of its own: what the worker waits for is written down, not waited for.
struct WorkWorld : JobWorld {
    WorkWorld() {
        api->more = {};
        request.pause = milliseconds(1000);
        request.told = [this](const WorkNews& one) { news.push_back(one); };
        request.wait = [this](milliseconds howLong, const Cancel& cancel) {
            waits.push_back(howLong);
            if (waits.size() >= mostWaits)
                script.owner.cancel();
            if (onWait)
                onWait();
            return !cancel.cancelled();
        };
    }
    std::string jws(const std::string& id, bool local = false) const {
        const Json policy(JsonObject{{"version", 1}});
        const Json source =
            local ? Json(JsonObject{{"kind", "local"}})
                  : Json(JsonObject{
                        {"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}});
        const auto keys = loadKeys(services);
        return crypto::signJws(
            "sealwright-job",
            jobText(keys->dec.publicKey(), policy, source, now() - 60, now() + 3600, storageSecrets, id),
            givens().platform);
    }
    void order(const std::string& id, JobState state = JobState::Pending, bool local = false) {
        api->more.push_back({id, state, jws(id, local), now()});
    }
    /// As if its upload had been given up, and nobody had removed it.
    void leaveUpload(const std::string& id) {
        UploadRecord left;
        left.jobId = id;
        left.givenUp = true;
        left.bucket = "out";
        left.object = "loader/a/" + id + ".csv";
        QVERIFY(ledger->uploads().remember(left).ok());
    }
    /// The platform knows what it was told.
    void platformKeepsStates() {
        platform->instead = [this](const FakeFeedback::Event& event, const FeedbackAccess&) {
            for (JobEntry& entry : api->more)
                if (entry.jobId == event.jobId && event.kind != "progress")
                    entry.state = *jobStateFromText(event.kind);
            return std::optional<Failure>();
        };
    }
    Outcome<WorkNews> work() { return workJobs(services, request, context); }
    std::string stateOf(const std::string& id) const {
        const auto found = ledger->profile.jobRecords.find(id);
        return found == ledger->profile.jobRecords.end() ? "none" : std::string(toText(found->second.state));
    }
    long states(WorkNews::State state) const {
        return std::count_if(news.begin(), news.end(), [&](const WorkNews& one) { return one.state == state; });
    }

    WorkRequest request;
    std::vector<WorkNews> news;
    std::vector<milliseconds> waits;
    std::size_t mostWaits = 1;
    std::function<void()> onWait;
};

} // namespace

class JobWorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsAreTakenAsTheyCome() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.mostWaits = 3;
        world.onWait = [&] {
            if (world.waits.size() == 1) {
                world.order(ids[1]);
                world.order(ids[2]);
            }
        };
        const auto worked = world.work();
        QCOMPARE(codeOf(worked), std::string("ok"));
        QCOMPARE(worked->done, std::uint64_t{3});
        QCOMPARE(worked->failed + worked->left, std::uint64_t{0});
        QCOMPARE(world.platform->taken("done"), 3l);
        QCOMPARE(world.platform->taken("declined"), 0l);
        QCOMPARE(world.stored(), 9l);
        QVERIFY(world.spoolIsEmpty());
        QCOMPARE(world.states(WorkNews::State::Working), 3l);
        QVERIFY(world.news.back().state == WorkNews::State::Ended);
    }

    void whatNeedsAPersonIsLeftAlone() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0], JobState::Pending, true); // a file of the owner's
        world.order(ids[1]);
        world.api->more.back().jws.back() ^= 1; // not the platform's
        world.order(ids[2], JobState::Failed);  // before this worker began
        world.api->more.push_back({"0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a05", JobState::Cancelled, world.jws(ids[0]), 0});
        const auto worked = world.work();
        QCOMPARE(codeOf(worked), std::string("ok"));
        QCOMPARE(worked->done + worked->failed, std::uint64_t{0});
        QCOMPARE(worked->left, std::uint64_t{3});
        QVERIFY(world.platform->events().empty());
        QCOMPARE(world.stored(), 0l);
    }

    void whatARunLeftWithoutAWordIsTakenUp_data() {
        QTest::addColumn<int>("state");
        QTest::newRow("claimed") << int(JobState::Claimed);
        QTest::newRow("running") << int(JobState::Running);
        QTest::newRow("given back") << int(JobState::Returned);
    }
    void whatARunLeftWithoutAWordIsTakenUp() {
        QFETCH(int, state);
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0], static_cast<JobState>(state));
        QCOMPARE(world.work()->done, std::uint64_t{1});
    }

    /// A worker runs for months: what uploads have left must not wait for the next start.
    void whatUploadsHaveLeftIsRemovedMeanwhile_data() {
        QTest::addColumn<bool>("once");
        QTest::newRow("waiting") << false;
        QTest::newRow("once") << true;
    }
    void whatUploadsHaveLeftIsRemovedMeanwhile() {
        QFETCH(bool, once);
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.request.once = once;
        world.request.most = 1;
        QCOMPARE(world.work()->done, std::uint64_t{1});
        world.leaveUpload(ids[0]);
        QCOMPARE(world.stored(), 3l);
        world.request.most.reset();
        QCOMPARE(codeOf(world.work()), std::string("ok"));
        QCOMPARE(world.stored(), 0l);
        QVERIFY(world.ledger->uploads().all()->empty());
    }

    /// Not at each of its looks.
    void aStoreThatIsAwayIsLeftInPeace() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.mostWaits = 5;
        std::size_t before = 0;
        world.onWait = [&] {
            if (world.waits.size() != 1)
                return;
            world.leaveUpload(ids[0]);
            before = world.script.calls("store.remove");
            world.script.strikeAt("store.remove", before + 1, Script::Fault::Before);
        };
        QCOMPARE(world.work()->done, std::uint64_t{1});
        QCOMPARE(world.script.calls("store.remove"), before + 1);
        QCOMPARE(world.ledger->uploads().all()->size(), std::size_t{1});
    }

    void aJobThatAnotherProgramRunsIsLeftToIt() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.request.most = 1;
        EventSender other(world.services, EventSender::For::Run);
        QVERIFY(*other.hold(ids[0]));
        const auto worked = world.work();
        QCOMPARE(worked->done + worked->failed, std::uint64_t{0});
        QVERIFY(world.platform->events().empty());
    }

    void theChoiceThatWasKeptWithAJobHoldsElseTheRequests() {
        for (const bool kept : {false, true}) {
            WorkWorld world;
            world.order(ids[0]);
            world.request.once = true;
            const auto keep = [](const char* path) {
                return *parsePolicy(crypto::writeControlJson(JsonObject{
                    {"version", 1}, {"fields", JsonArray{Json(JsonObject{{"path", path}, {"action", "keep"}})}}}));
            };
            world.request.ownerPolicy = keep("ward");
            if (kept) {
                JobRecord record;
                record.jobId = ids[0];
                record.jwsSha256 = QCryptographicHash::hash(QByteArray::fromStdString(world.api->more.front().jws),
                                                            QCryptographicHash::Sha256)
                                       .toHex()
                                       .toStdString();
                record.state = JobState::Returned;
                record.policyJson = crypto::writeControlJson(toJson(keep("born")));
                QVERIFY(world.ledger->rememberJob(record).ok());
            }
            QCOMPARE(world.work()->done, std::uint64_t{1});
            QCOMPARE(world.ledger->profile.receipts.front().readable, std::vector<std::string>{kept ? "born" : "ward"});
        }
    }

    void onceEndsAfterOneLook() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.order(ids[1]);
        world.request.once = true;
        QCOMPARE(world.work()->done, std::uint64_t{2});
        QVERIFY(world.waits.empty());
        QCOMPARE(world.script.calls("api.jobs"), std::size_t{1});
    }

    void atMostSoMany() {
        WorkWorld world;
        world.platformKeepsStates();
        for (const std::string& id : ids)
            world.order(id);
        world.request.most = 3;
        QCOMPARE(world.work()->done, std::uint64_t{3});
        QVERIFY(world.waits.empty());
    }

    void aPlatformThatIsAwayIsAskedLessAndLessOften() {
        WorkWorld world;
        world.mostWaits = 14;
        world.api->away = Failure(Code::NetworkUnreachable);
        QCOMPARE(codeOf(world.work()), std::string("ok"));
        milliseconds longest = world.request.pause;
        for (const milliseconds wait : world.waits) {
            QVERIFY2(wait <= longest && wait >= longest * 3 / 4,
                     (std::to_string(wait.count()) + " of " + std::to_string(longest.count())).c_str());
            longest = std::min<milliseconds>(longest * 2, longestBetweenTries);
        }
        QCOMPARE(world.states(WorkNews::State::Away), 14l);
        QVERIFY(world.news.front().trouble->code == Code::NetworkUnreachable);
        QCOMPARE(std::string(toText(world.news.front().state)), std::string("away"));
    }

    void howLongThePlatformAsksToBeLeftInPeaceIsKept() {
        WorkWorld world;
        world.api->away = Failure(Code::PlatformFailed, {"unavailable"});
        world.api->away->retryAfter = 1234;
        QVERIFY(world.work().ok());
        QCOMPARE(world.waits.front(), milliseconds(1'234'000));
    }

    void whenThePlatformIsBackWorkGoesOn() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.mostWaits = 4;
        world.api->away = Failure(Code::NetworkTimeout);
        world.onWait = [&] {
            if (world.waits.size() == 2)
                world.api->away.reset();
        };
        QCOMPARE(world.work()->done, std::uint64_t{1});
        QVERIFY(world.waits.at(2) <= world.request.pause); // no longer less often
    }

    void whatMayPassIsTriedAgainAFewTimes() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.mostWaits = 6;
        // The store is away: the same job may go well later.
        std::size_t heads = 0;
        world.script.onCall = [&](const std::string& name) {
            if (name == "store.head")
                ++heads;
        };
        world.store->away = true;
        const auto worked = world.work();
        QCOMPARE(codeOf(worked), std::string("ok"));
        QCOMPARE(worked->failed, std::uint64_t{mostTries});
        QCOMPARE(heads, std::size_t{mostTries});
        QCOMPARE(worked->left, std::uint64_t{1});
        QVERIFY(worked->trouble && worked->trouble->code == Code::NetworkUnreachable);
    }

    void whatDoesNotPassIsTriedOnce() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.mostWaits = 3;
        world.store->objects["in/patients.csv"] = "a,b\n\"open";
        const auto worked = world.work();
        QCOMPARE(worked->failed, std::uint64_t{1});
        QCOMPARE(world.platform->taken("failed"), 1l);
        QCOMPARE(worked->left, std::uint64_t{1});
    }

    void aRevokedMachineStops() {
        WorkWorld world;
        world.order(ids[0]);
        world.api->revoked = true;
        QCOMPARE(codeOf(world.work()), std::string("machine.revoked"));
        QVERIFY(world.waits.empty() && world.platform->events().empty());
    }

    void whereKeysCannotBeReachedItStopsAndTheJobStaysAsItWas() {
        WorkWorld world;
        world.order(ids[0]);
        // Orders were made with the keys; then the token is read for the list and for the job, then the keys.
        world.script.strikeAt("secrets.read", 2 + 3, Script::Fault::Before);
        QCOMPARE(codeOf(world.work()), std::string("keychain.locked"));
        QVERIFY(world.platform->events().empty());
        QCOMPARE(world.stateOf(ids[0]), std::string("none"));
    }

    void whatIsCancelledIsGivenBack() {
        WorkWorld world;
        world.platformKeepsStates();
        world.order(ids[0]);
        world.order(ids[1]);
        world.script.strikeAt("store.fetch", 1, Script::Fault::Cancel);
        const auto worked = world.work();
        QCOMPARE(codeOf(worked), std::string("ok"));
        QCOMPARE(worked->done + worked->failed, std::uint64_t{0});
        QCOMPARE(world.platform->taken("returned"), 1l);
        QCOMPARE(world.platform->taken("claimed"), 1l); // no second one is begun
        QCOMPARE(world.stored(), 0l);
        QVERIFY(world.spoolIsEmpty());
        QVERIFY(world.news.back().state == WorkNews::State::Ended);
    }
};

QTEST_GUILESS_MAIN(JobWorkerTest)
#include "tst_job_worker.moc"
