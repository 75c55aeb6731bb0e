#include "tests/bench/child.h"
#include "tests/bench/generate.h"
#include "tests/cli/cli_machine.h"
#include "tests/soak/soak_support.h"

#include <QtTest>

#include <cstdio>
#include <future>

using namespace sealwright;
using namespace sealwright::soak;
using namespace Qt::StringLiterals;
using tests::CliMachine;
using tests::Said;

namespace {

constexpr double mostMebibytes = 200; ///< whatever the file's size
constexpr double noise = 1.1;         ///< what peaks of the same work differ by

double most(const std::vector<bench::ChildFacts>& runs) {
    double peak = 0;
    for (const bench::ChildFacts& run : runs)
        peak = std::max(peak, run.peakMebibytes);
    return peak;
}

} // namespace

/// Many jobs, and a large one: each ends once, leaves nothing behind, and takes no more memory than the one before.
class SoakJobs : public QObject {
    Q_OBJECT

    test::PlatformProcess m_platform;
    CliMachine m_machine;
    std::string m_machineId;

    bench::ChildFacts run(const std::string& id, const QString& input, const QStringList& more = {}) const {
        std::vector<std::string> words{CliMachine::program().toStdString()};
        for (const QString& word :
             m_machine.globals() +
                 QStringList{u"jobs"_s, u"run"_s, QString::fromStdString(id), u"--input"_s, input, u"--json"_s} + more)
            words.push_back(word.toStdString());
        return bench::run(words);
    }
    std::vector<std::string> order(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i)
            ids.push_back(orderJob(m_platform, m_machineId, "Soak " + std::to_string(i)));
        return ids;
    }
    /// Events of that kind which the platform has of a job.
    qsizetype told(const std::string& id, const char* kind) {
        const auto answer = m_platform.admin("GET", "/admin/jobs/" + id + "/events");
        const auto* events = answer ? answer->find("events") : nullptr;
        if (events == nullptr || events->array() == nullptr)
            return -1;
        return std::count_if(events->array()->begin(), events->array()->end(), [&](const crypto::Json& event) {
            const auto* told = event.find("kind");
            return told && told->string() && *told->string() == kind;
        });
    }
    void table(const QString& name, std::uint64_t bytes) const {
        QVERIFY(bench::writeTable(m_machine.work(name).toStdString(), bytes));
    }
    void allDone(const std::vector<std::string>& ids, const std::vector<bench::ChildFacts>& runs) {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            QVERIFY2(runs[i].well, runs[i].complaint.c_str());
            QCOMPARE(told(ids[i], "done"), qsizetype(1));
        }
        QCOMPARE(QDir(m_machine.path(u"profile/spool"_s)).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(test::PlatformProcess::possible(), "./dev soak starts the object store that this needs");
        QVERIFY2(m_platform.start({u"--demo"_s}), m_platform.log());
        const Said said = m_machine.run({u"register"_s, u"--invite"_s, u"-"_s, u"--name"_s, u"Soak"_s},
                                        QByteArray::fromStdString(m_platform.invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        m_machineId = said.json()[u"machine_id"_s].toString().toStdString();
        table(u"ten.csv"_s, 10'000'000);
    }

    void oneAfterTheOther() {
        const int count = scaled(100, 10);
        const auto ids = order(count);
        std::vector<bench::ChildFacts> runs;
        for (const std::string& id : ids)
            runs.push_back(run(id, m_machine.work(u"ten.csv"_s)));
        allDone(ids, runs);
        const auto tenth = static_cast<std::ptrdiff_t>(std::max<std::size_t>(runs.size() / 10, 1));
        const double first = most({runs.begin(), runs.begin() + tenth}), last = most({runs.end() - tenth, runs.end()});
        std::printf("%d jobs in a row: %.0f MiB at first, %.0f MiB at last\n", count, first, last);
        QVERIFY(last <= first * noise);
    }

    void fourAtOnce() {
        const int count = scaled(100, 8);
        const auto ids = order(count);
        std::vector<bench::ChildFacts> runs(ids.size());
        std::atomic<std::size_t> next{0};
        std::vector<std::future<void>> lanes;
        for (int lane = 0; lane < 4; ++lane)
            lanes.push_back(std::async(std::launch::async, [&] {
                for (std::size_t i = next++; i < ids.size(); i = next++)
                    runs[i] = run(ids[i], m_machine.work(u"ten.csv"_s));
            }));
        for (auto& lane : lanes)
            lane.get();
        allDone(ids, runs);
    }

    void aLargeOneTakesNoMoreMemory_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("by a kept file") << QStringList();
        QTest::newRow("straight through") << QStringList{u"--straight-through"_s};
    }

    void aLargeOneTakesNoMoreMemory() {
        QFETCH(QStringList, options);
        // The smaller one too is long enough for every buffer to be full.
        const auto bytes = scaled<std::uint64_t>(5'000'000'000, 240'000'000);
        const auto fewer = std::max<std::uint64_t>(bytes / 10, 120'000'000);
        table(u"small.csv"_s, fewer);
        table(u"large.csv"_s, bytes);
        const auto ids = order(2);
        const auto small = run(ids[0], m_machine.work(u"small.csv"_s), options),
                   large = run(ids[1], m_machine.work(u"large.csv"_s), options);
        std::printf("%s: %.0f MB: %.0f MiB; %.0f MB: %.0f MiB\n", QTest::currentDataTag(),
                    static_cast<double>(fewer) / 1e6, small.peakMebibytes, static_cast<double>(bytes) / 1e6,
                    large.peakMebibytes);
        allDone(ids, {small, large});
        QVERIFY(large.peakMebibytes <= small.peakMebibytes * noise);
        QVERIFY(large.peakMebibytes <= mostMebibytes);
        QFile::remove(m_machine.work(u"large.csv"_s));
    }
};

QTEST_GUILESS_MAIN(SoakJobs)
#include "soak_jobs.moc"
