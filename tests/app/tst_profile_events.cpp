#include "tests/app/profile_given.h"

#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <thread>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

constexpr int tellEach = 40;

/// The other process: tells events and prints their numbers, one a line.
int takeNumbers(const char* path) {
    const auto ledger = SqliteLedger::open(path);
    if (!ledger)
        return 2;
    for (int i = 0; i < tellEach; ++i) {
        const auto number = std::optional(tell(**ledger, freshId()));
        if (!*number)
            return 3;
        std::printf("%llu\n", static_cast<unsigned long long>(*number));
    }
    return 0;
}

} // namespace

/// Events of jobs as the profile keeps and numbers them, and who may send them.
class ProfileEventsTest : public QObject, private GivenProfile {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    void cleanup() { m_ledger.reset(); }

    void numbersOfEventsGoUpFromOne() {
        QCOMPARE(tell(*m_ledger, "a"), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "b"), std::uint64_t{2});
        QCOMPARE(tell(*m_ledger, "c", JobEvent::Kind::Running, "another"), std::uint64_t{1});
        QVERIFY(!m_ledger->job(jobId)->has_value()); // a number is no record
        QVERIFY(m_ledger->outbox().taken("b").ok());
        reopen();
        QCOMPARE(tell(*m_ledger, "d"), std::uint64_t{3}); // also where the last one is gone
        QCOMPARE(tell(*m_ledger, "d"), std::uint64_t{0}); // an id is good for one event, and takes no number
        QCOMPARE(tell(*m_ledger, "e"), std::uint64_t{4});
    }

    void rememberingAJobNeverTurnsItsNumbersBack() {
        JobRecord job;
        job.jobId = jobId;
        job.lastSequence = 4;
        QVERIFY(m_ledger->rememberJob(job).ok());
        QCOMPARE(tell(*m_ledger, "a"), std::uint64_t{5});
        job.lastSequence = 0;
        QVERIFY(m_ledger->rememberJob(job).ok());
        QCOMPARE((*m_ledger->job(jobId))->lastSequence, std::uint64_t{5});
        QCOMPARE(tell(*m_ledger, "b"), std::uint64_t{6});
    }

    void eventsWaitInOrderUntilTheyAreTaken() {
        Outbox& outbox = m_ledger->outbox();
        QVERIFY(outbox.waitingJobs()->empty());
        QVERIFY(!outbox.next(jobId)->has_value());
        QCOMPARE(tell(*m_ledger, "z", JobEvent::Kind::Claimed, "another"), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "y", JobEvent::Kind::Claimed), std::uint64_t{1});
        QCOMPARE(tell(*m_ledger, "x"), std::uint64_t{2});
        reopen();
        Outbox& again = m_ledger->outbox();
        QCOMPARE(*again.waitingJobs(), (std::vector<std::string>{"another", jobId}));
        const auto first = again.next(jobId);
        QVERIFY(first.ok() && first->has_value());
        QCOMPARE((*first)->message.eventId, std::string("y"));
        QCOMPARE((*first)->message.jobId, std::string(jobId));
        QCOMPARE((*first)->sequence, std::uint64_t{1});
        QVERIFY((*first)->kind == JobEvent::Kind::Claimed);
        QVERIFY(((*first)->address == FeedbackAddress{true, "amqps://mq.example", "ex", "key"}));
        const auto body = crypto::parseControlJson((*first)->message.body);
        QVERIFY(body.ok());
        QCOMPARE(*body->find("sequence")->integer(), std::int64_t{1});
        QCOMPARE(*body->find("event_id")->string(), std::string("y"));
        QCOMPARE((*again.next(jobId))->message.body, (*first)->message.body);
        QVERIFY(again.taken("y").ok());
        QVERIFY(again.taken("y").ok());
        QCOMPARE((*again.next(jobId))->message.eventId, std::string("x"));
        QVERIFY(again.taken("z").ok());
        QCOMPARE(*again.waitingJobs(), std::vector<std::string>{jobId});
    }

    void progressThatWasNotSentIsForgottenForWhatFollows() {
        Outbox& outbox = m_ledger->outbox();
        tell(*m_ledger, "running");
        tell(*m_ledger, "of another", JobEvent::Kind::Progress, "another");
        tell(*m_ledger, "old", JobEvent::Kind::Progress);
        tell(*m_ledger, "new", JobEvent::Kind::Progress);
        QVERIFY(outbox.taken("running").ok());
        QCOMPARE((*outbox.next(jobId))->message.eventId, std::string("new"));
        tell(*m_ledger, "upload");
        QCOMPARE((*outbox.next(jobId))->message.eventId, std::string("upload"));
        QVERIFY(outbox.next("another")->has_value());
    }

    void anEventIsKeptTogetherWithWhatItSays() {
        JobRecord job;
        job.jobId = jobId;
        job.state = JobState::Done;
        job.jws = "e30.e30.c2ln";
        Receipt done = receipt("first", 10);
        done.jobId = jobId;
        QCOMPARE(tell(*m_ledger, "done", JobEvent::Kind::Done, jobId, {&job, &done}), std::uint64_t{1});
        reopen();
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Done);
        QCOMPARE((*m_ledger->job(jobId))->jws, job.jws);
        QCOMPARE((*m_ledger->job(jobId))->lastSequence, std::uint64_t{1});
        QVERIFY((*m_ledger->job(jobId))->reportPending);
        QVERIFY(m_ledger->jobs()->front().reportPending);
        QVERIFY(m_ledger->receipts()->front().reportPending);
        // Nothing of it where the event cannot be kept.
        job.state = JobState::Failed;
        QCOMPARE(tell(*m_ledger, "done", JobEvent::Kind::Failed, jobId, {&job, &done}), std::uint64_t{0});
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Done);
        QCOMPARE(m_ledger->receipts()->size(), std::size_t{1});
        QVERIFY(m_ledger->outbox().taken("done").ok());
        QVERIFY(!(*m_ledger->job(jobId))->reportPending);
        QVERIFY(!m_ledger->receipts()->front().reportPending);
    }

    void aReportIsPendingForEveryWayThatAJobEnds_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("ends");
        using Kind = JobEvent::Kind;
        for (const auto& [kind, ends] :
             {std::pair(Kind::Claimed, false), std::pair(Kind::Running, false), std::pair(Kind::Progress, false),
              std::pair(Kind::Done, true), std::pair(Kind::Failed, true), std::pair(Kind::Declined, true),
              std::pair(Kind::Returned, true)})
            QTest::newRow(std::string(toText(kind)).c_str()) << static_cast<int>(kind) << ends;
    }
    void aReportIsPendingForEveryWayThatAJobEnds() {
        QFETCH(int, kind);
        QFETCH(bool, ends);
        JobRecord job;
        job.jobId = jobId;
        tell(*m_ledger, "e", static_cast<JobEvent::Kind>(kind), jobId, {&job, nullptr});
        QCOMPARE((*m_ledger->job(jobId))->reportPending, ends);
    }

    void aDoneThatIsDroppedWasNone() {
        JobRecord job;
        job.jobId = jobId;
        job.state = JobState::Done;
        Receipt done = receipt("first", 10), other = receipt("of another", 9);
        done.jobId = jobId;
        other.jobId = "another";
        tell(*m_ledger, "another", JobEvent::Kind::Done, "another", {nullptr, &other});
        tell(*m_ledger, "done", JobEvent::Kind::Done, jobId, {&job, &done});
        QVERIFY(m_ledger->outbox().drop("done", Code::PlatformRejected).ok());
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Failed);
        QCOMPARE((*m_ledger->job(jobId))->failureCode, std::string("platform.rejected"));
        QCOMPARE(m_ledger->receipts()->size(), std::size_t{1});
        QCOMPARE(m_ledger->receipts()->front().jobName, other.jobName);
        QVERIFY(!m_ledger->outbox().next(jobId)->has_value());
        // Of other events goes nothing but the event.
        job.state = JobState::Declined;
        tell(*m_ledger, "declined", JobEvent::Kind::Declined, jobId, {&job, nullptr});
        QVERIFY(m_ledger->outbox().drop("declined", Code::PlatformRejected).ok());
        QVERIFY((*m_ledger->job(jobId))->state == JobState::Declined);
        QVERIFY(m_ledger->outbox().drop("nothing", Code::PlatformRejected).ok());
    }

    void aJobIsHeldByOneAtATime() {
        Outbox& outbox = m_ledger->outbox();
        bool alive = true;
        const auto asked = [&alive](const std::string&) { return alive; };
        using Held = std::optional<std::string>;
        QVERIFY(*outbox.hold({jobId, "a", 100, 200}, asked) == Held());
        QVERIFY(*outbox.hold({jobId, "a", 110, 210}, asked) == Held());
        QVERIFY(*outbox.hold({jobId, "b", 110, 210}, asked) == Held("a"));
        QVERIFY(*outbox.hold({"another", "b", 110, 210}, asked) == Held());
        QVERIFY(outbox.letGo(jobId, "b").ok()); // not its own
        reopen();
        Outbox& again = m_ledger->outbox();
        QVERIFY(*again.hold({jobId, "b", 120, 220}, asked) == Held("a"));
        QVERIFY(*again.hold({jobId, "b", 211, 311}, asked) == Held()); // it had run out
        QVERIFY(*again.hold({jobId, "a", 150, 250}, asked) == Held()); // the clock was turned back
        QVERIFY(*again.hold({jobId, "b", 160, 260}, asked) == Held("a"));
        alive = false;
        QVERIFY(*again.hold({jobId, "b", 160, 260}, asked) == Held());
        alive = true;
        QVERIFY(again.letGo(jobId, "b").ok());
        QVERIFY(*again.hold({jobId, "a", 170, 270}, asked) == Held());
    }

    void manyThreadsAndProcessesTakeEachNumberOnce() {
        constexpr int processes = 3, threads = 3;
        std::vector<std::unique_ptr<QProcess>> children;
        for (int i = 0; i < processes; ++i) {
            children.push_back(std::make_unique<QProcess>());
            children.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("take-numbers"), m_path});
        }
        std::vector<std::uint64_t> taken;
        std::mutex mutex;
        std::vector<std::thread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                for (int n = 0; n < tellEach; ++n) {
                    const auto number = tell(*m_ledger, freshId());
                    const std::lock_guard lock(mutex);
                    taken.push_back(number);
                }
            });
        for (auto& worker : workers)
            worker.join();
        for (auto& child : children) {
            QVERIFY(child->waitForFinished(60000));
            QCOMPARE(child->exitCode(), 0);
            for (const QByteArray& line : child->readAllStandardOutput().trimmed().split('\n'))
                taken.push_back(line.toULongLong());
        }
        std::sort(taken.begin(), taken.end());
        QCOMPARE(taken.size(), std::size_t{tellEach * (processes + threads)});
        for (std::size_t i = 0; i < taken.size(); ++i)
            QCOMPARE(taken[i], std::uint64_t{i + 1});
    }

    void twoProcessesMayMakeTheFileAtOnce() {
        const QString fresh = m_folder->filePath(QStringLiteral("fresh.sqlite"));
        std::vector<std::unique_ptr<QProcess>> children;
        for (int i = 0; i < 4; ++i) {
            children.push_back(std::make_unique<QProcess>());
            children.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("take-numbers"), fresh});
        }
        for (auto& child : children) {
            QVERIFY(child->waitForFinished(60000));
            QCOMPARE(child->exitCode(), 0);
        }
        QCOMPARE(tell(*opened(fresh), freshId()), std::uint64_t{4 * tellEach + 1});
    }
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "take-numbers") == 0)
        return takeNumbers(argv[2]);
    ProfileEventsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_profile_events.moc"
