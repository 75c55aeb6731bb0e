#include "app/services/compose.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/event_reporter.h"
#include "models/tasks/job_run.h"
#include "models/tasks/registering.h"
#include "tests/support/outcome_code.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/told_events.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace sealwright;
using test::PlatformProcess;
using tests::codeOf;

namespace {

void write(const QString& name, const QByteArray& bytes) {
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

} // namespace

/// Runs of jobs against the real platform and the real store while the platform goes and comes back.
class OutboxTest : public QObject {
    Q_OBJECT

    PlatformProcess m_platform;
    QTemporaryDir m_folder;
    std::optional<Services> m_services;
    std::string m_machineId, m_jobId;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    /// As a new process of the program would: what it knows is what the profile has.
    void restart() {
        m_services.reset();
        Configuration configuration;
        configuration.keystore = "file:" + path("keystore").toStdString();
        configuration.passphrase.file = path("passphrase").toStdString();
        configuration.configDir = path("profile").toStdString();
        auto services = openServices(configuration);
        QVERIFY(services.ok());
        m_services = std::move(*services);
    }

    /// `at` is called once, when the run comes to that step.
    Outcome<Receipt> run(Step step, const std::function<void()>& at) {
        bool called = false;
        TaskContext context;
        context.progress = [&](const TaskProgress& progress) {
            if (progress.step == step && !std::exchange(called, true))
                at();
        };
        RunRequest request;
        request.jobId = m_jobId;
        request.inputPath = path("people.csv").toStdString();
        return runJob(*m_services, request, context);
    }

    Delivery deliver() {
        TaskContext context;
        const auto delivery = deliverEvents(*m_services, context);
        return delivery ? *delivery : Delivery{99, 99, delivery.error()};
    }

    test::ToldEvents there() { return test::toldOf(m_platform, m_jobId); }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("events that wait");
        QVERIFY2(m_platform.start({QStringLiteral("--demo")}), m_platform.log().constData());
        write(path("passphrase"), "correct horse\n");
        QByteArray people = "name,ward\n";
        for (int i = 0; i < 2000; ++i)
            people += "Somebody " + QByteArray::number(i) + ",3\n";
        write(path("people.csv"), people);
        restart();
        TaskContext context;
        const auto pending = beginRegister(*m_services, {m_platform.invitation(), "Ward 3", {}, {}}, context);
        QCOMPARE(codeOf(pending), std::string("ok"));
        QCOMPARE(codeOf(keepRegistration(*m_services, *pending)), std::string("ok"));
        m_machineId = pending->registration.machineId;
    }

    void init() {
        m_jobId = test::placeForId(m_platform, {m_machineId});
        QVERIFY(!m_jobId.empty());
    }

    void whatHappensWhileThePlatformIsAwayIsToldAfterARestart_data() {
        QTest::addColumn<int>("step");
        for (const Step step : {Step::Read, Step::Check, Step::Upload, Step::Report})
            QTest::newRow(std::string(toText(step)).c_str()) << static_cast<int>(step);
    }
    void whatHappensWhileThePlatformIsAwayIsToldAfterARestart() {
        QFETCH(int, step);
        const auto receipt = run(static_cast<Step>(step), [&] { m_platform.stop(); });
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(receipt->reportPending);
        QVERIFY((*m_services->ledger->job(m_jobId))->reportPending);

        restart();
        QVERIFY((*m_services->ledger->job(m_jobId))->state == JobState::Done);
        QVERIFY(m_services->ledger->receipts()->front().reportPending);
        QCOMPARE(deliver().sent, std::size_t{0});

        QVERIFY(m_platform.startAgain());
        restart();
        QCOMPARE(deliver().waiting, std::size_t{0});
        const test::ToldEvents all = there();
        QCOMPARE(all.state, std::string("done"));
        QVERIFY(all.inOrder);
        QCOMPARE(all.count("claimed"), 1l);
        QCOMPARE(all.count("running"), 4l);
        QCOMPARE(all.count("done"), 1l);
        QCOMPARE(all.kinds.back(), std::string("done"));
        QVERIFY(!(*m_services->ledger->job(m_jobId))->reportPending);
        QVERIFY(!m_services->ledger->receipts()->front().reportPending);
        QCOMPARE(deliver().sent, std::size_t{0});
    }

    void aPlatformThatComesBackDuringTheRunHearsAllOfIt() {
        int seen = 0;
        TaskContext context;
        context.progress = [&](const TaskProgress& progress) {
            if (progress.step == Step::Seal && seen == 0) {
                seen = 1;
                m_platform.stop();
            }
            if (progress.step == Step::Upload && seen == 1) {
                seen = 2;
                QVERIFY(m_platform.startAgain());
            }
        };
        RunRequest request;
        request.jobId = m_jobId;
        request.inputPath = path("people.csv").toStdString();
        const auto receipt = runJob(*m_services, request, context);
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QCOMPARE(seen, 2);
        deliver(); // where the last try came too early
        const test::ToldEvents all = there();
        QCOMPARE(all.state, std::string("done"));
        QVERIFY(all.inOrder);
        QCOMPARE(all.count("running"), 4l);
        QCOMPARE(all.count("done"), 1l);
    }

    void anAnswerThatIsLostChangesNothing() {
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId + "/events", 0, 1, true));
        const auto receipt = run(Step::Report, [] {});
        QCOMPARE(codeOf(receipt), std::string("ok"));
        deliver();
        const test::ToldEvents all = there();
        QCOMPARE(all.state, std::string("done"));
        QVERIFY(all.inOrder);
        QCOMPARE(all.count("done"), 1l);
    }

    void aClaimThatIsNotAnsweredStartsNothing() {
        RunRequest request;
        request.jobId = m_jobId;
        request.inputPath = path("people.csv").toStdString();
        TaskContext context;
        QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId + "/events", 503, 99, false, 0));
        QCOMPARE(codeOf(runJob(*m_services, request, context)), std::string("platform.failed"));
        QVERIFY(there().kinds.empty());
        QVERIFY(m_services->ledger->outbox().waitingJobs()->empty());
    }

    void aDoneThatIsRefusedAfterARestartTakesItsObjectsBack() {
        bool told = false; // all but `done`, so that this is what is refused
        const auto receipt = run(Step::Report, [&] {
            told = QTest::qWaitFor([&] { return m_services->ledger->outbox().waitingJobs()->empty(); }, 30'000);
            m_platform.stop();
        });
        QVERIFY(told);
        QVERIFY(receipt.ok() && receipt->reportPending);
        QVERIFY(m_platform.startAgain());
        QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId + "/events", 422, 1));
        restart();
        QCOMPARE(deliver().waiting, std::size_t{0});
        const auto record = *m_services->ledger->job(m_jobId);
        QVERIFY(record->state == JobState::Failed);
        QCOMPARE(record->failureCode, std::string("platform.rejected"));
        const test::ToldEvents all = there();
        QCOMPARE(all.state, std::string("failed"));
        QCOMPARE(all.count("done"), 0l);
        const auto job = readKeptJob(record->jws);
        const auto keys = loadKeys(*m_services);
        const auto secrets = openJobSecrets(*job, keys->dec);
        const StoreAccess store{job->endpoint, job->region, job->targetBucket, &secrets->storage, {}, {}};
        for (const char* ending : {".csv", ".csv.manifest.json", ".csv.manifest.jws"})
            QCOMPARE(codeOf(m_services->store->head(store, job->targetPrefix + m_jobId + ending, {})),
                     std::string("storage.not-found"));
        // It can be run again.
        const auto again = run(Step::Report, [] {});
        QCOMPARE(codeOf(again), std::string("ok"));
        QCOMPARE(there().state, std::string("done"));
    }

    void aClaimThatIsRefusedStartsNothing() {
        QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId + "/events", 409, 1));
        QCOMPARE(codeOf(run(Step::Read, [] {})), std::string("platform.conflict"));
        QVERIFY(m_services->ledger->outbox().waitingJobs()->empty());
    }
};

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
