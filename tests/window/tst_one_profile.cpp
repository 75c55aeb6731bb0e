#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "tests/cli/cli_machine.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/fault_proxy.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace sealwright;
using namespace Qt::StringLiterals;
using test::FaultProxy;
using tests::CliMachine;
using tests::Said;

namespace {

constexpr int patience = 120'000;

} // namespace

/// Two windows and the command line on one profile, at a real platform. The tests build on each other.
class OneProfileTest : public QObject {
    Q_OBJECT

    /// One window, but for its widgets.
    struct Window {
        views::Session session;
        std::unique_ptr<window::Controllers> controllers;
    };
    std::unique_ptr<FaultProxy> m_proxy; ///< to the object store, as the platform's jobs name it
    test::PlatformProcess m_platform;
    CliMachine m_machine;
    std::string m_machineId;

    std::unique_ptr<Window> open() const {
        auto made = std::make_unique<Window>();
        Configuration configuration;
        configuration.keystore = "file:" + m_machine.path(u"keys"_s).toStdString();
        configuration.passphrase.file = m_machine.path(u"passphrase"_s).toStdString();
        configuration.configDir = m_machine.path(u"profile"_s).toStdString();
        auto services = openServices(configuration);
        if (!services)
            return nullptr;
        made->controllers =
            std::make_unique<window::Controllers>(std::move(*services), made->session, configuration.configDir);
        made->controllers->load();
        made->controllers->refresh();
        return made;
    }
    QString order() {
        return QString::fromStdString(test::placeForId(m_platform, {m_machineId, "One", test::storedSource()}));
    }
    /// As its owner comes to the button that starts it.
    static bool chooses(Window& window, const QString& jobId) {
        window.session.jobs.refresh();
        if (!QTest::qWaitFor([&] { return window.session.jobs.jobs()->find(jobId) != nullptr; }, patience))
            return false;
        window.session.jobs.openFields(jobId, {});
        const views::FieldsView& fields = window.session.fields;
        return QTest::qWaitFor([&] { return fields.ready() && fields.source().records && !fields.busy(); }, patience);
    }
    std::vector<std::string> kindsThere(const QString& jobId) {
        std::vector<std::string> kinds;
        if (const auto answer = m_platform.admin("GET", "/admin/jobs/" + jobId.toStdString() + "/events"))
            for (const auto& event : *answer->find("events")->array())
                kinds.push_back(*event.find("kind")->string());
        return kinds;
    }
    void isDoneOnce(const QString& jobId) {
        const auto kinds = kindsThere(jobId);
        QCOMPARE(std::count(kinds.begin(), kinds.end(), "claimed"), 1);
        QCOMPARE(std::count(kinds.begin(), kinds.end(), "done"), 1);
        QVERIFY(kinds.back() == "done");
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("two windows on one profile");
        m_proxy = std::make_unique<FaultProxy>(qgetenv("SEALWRIGHT_S3_ENDPOINT").toStdString());
        qputenv("SEALWRIGHT_S3_ENDPOINT", QByteArray::fromStdString(m_proxy->url()));
        QVERIFY2(m_platform.start({u"--demo"_s}), m_platform.log());
        const Said said =
            m_machine.run({u"register"_s, u"--invite"_s, u"-"_s}, QByteArray::fromStdString(m_platform.invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        m_machineId = said.json()["machine_id"_L1].toString().toStdString();
    }

    void ofAllThatStartOneJobOneRunsIt() {
        const QString job = order();
        const auto first = open(), second = open();
        QVERIFY(first && second);
        QVERIFY(chooses(*first, job) && chooses(*second, job));
        m_proxy->add({{"PUT ", "/loader/test/"}, FaultProxy::Fault::Hold, 1, 0, {}});
        first->session.fields.start(false);
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->holding(), 1,
                                  patience); // it is in the middle of its upload, and stays there
        second->session.fields.start(false);
        QTRY_VERIFY_WITH_TIMEOUT(second->session.run.failure(), patience);
        QCOMPARE(second->session.run.failure()->code, Code::JobBusy);
        const Said said = m_machine.run({u"jobs"_s, u"run"_s, job});
        QCOMPARE(said.code(), u"job.busy"_s);
        QVERIFY(first->session.run.running());
        m_proxy->release();
        QTRY_VERIFY_WITH_TIMEOUT(first->session.run.receipt(), patience);
        isDoneOnce(job);
        QVERIFY(test::noteFault({"two-windows-and-cli", "platform",
                                 "started one job in two windows and on the command line, while the first sent it",
                                 "the first ended well, the others touched nothing"},
                                said.json()));
    }

    void differentJobsAtOnceAllEndWellAndNothingThatIsKeptIsLost() {
        const QString one = order(), two = order(), three = order();
        {
            const auto first = open(), second = open();
            QVERIFY(first && second);
            QVERIFY(chooses(*first, one) && chooses(*second, two));
            QProcess process;
            m_machine.start(process, {u"jobs"_s, u"run"_s, three, u"--json"_s});
            first->session.fields.start(false);
            second->session.fields.start(false);
            first->session.settings.setThreads(3);
            second->session.settings.setResultsFolder(u"/results"_s);
            QTRY_VERIFY_WITH_TIMEOUT(first->session.run.receipt() && second->session.run.receipt(), patience);
            const Said said = m_machine.finish(process);
            QVERIFY2(said.status == 0, said.out + said.err);
        }
        for (const QString& job : {one, two, three})
            isDoneOnce(job);

        const auto later = open();
        QVERIFY(later);
        QCOMPARE(later->session.settings.facts().threads, 3u);
        QCOMPARE(later->session.settings.facts().resultsFolder, u"/results"_s);
        for (const QString& job : {one, two, three}) {
            const auto shown = m_machine.run({u"jobs"_s, u"show"_s, job}).json();
            QCOMPARE(shown["state"_L1].toString(), u"done"_s);
            QVERIFY(!shown.contains("report_pending"_L1));
            later->session.jobs.openReceipt(job);
            QTRY_VERIFY_WITH_TIMEOUT(later->session.run.receipt() && later->session.run.receipt()->jobId == job,
                                     patience);
        }
        QVERIFY(
            test::noteFault({"two-windows-and-cli", "platform",
                             "ran a job in each of two windows and on the command line, and changed settings in both",
                             "all three ended well; settings, jobs and receipts of all are kept"}));
    }

    void theProfileIsWhole() {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        const auto files = QDir(m_machine.path(u"profile"_s)).entryInfoList({u"*.sqlite"_s}, QDir::Files);
        QCOMPARE(files.size(), 1);
        database.setDatabaseName(files.first().filePath());
        QVERIFY(database.open());
        QSqlQuery query(u"PRAGMA integrity_check"_s, database);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"ok"_s);
    }
};

QTEST_MAIN(OneProfileTest)
#include "tst_one_profile.moc"
