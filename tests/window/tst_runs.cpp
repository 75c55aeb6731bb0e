#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "tests/support/platform/platform_process.h"

#include <QSignalSpy>
#include <QtTest>

using namespace sealwright;
using namespace Qt::StringLiterals;
using items::JobStanding;

namespace {
constexpr int patience = 120'000;
}

/// Runs as the window has them, with the reference platform and a real object store. The tests build on each other, in
/// this order.
class RunsTest : public QObject {
    Q_OBJECT

    test::PlatformProcess m_platform;
    QTemporaryDir m_folder;
    std::unique_ptr<views::Session> m_session;
    std::unique_ptr<window::Controllers> m_controllers;
    QStringList m_ids; ///< jobs whose data lie in the store

    QString write(const QString& name, const std::string& text) const {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text.data(), qint64(text.size())) > 0 ? file.fileName()
                                                                                                   : QString();
    }
    bool refresh() const {
        m_session->jobs.refresh();
        return QTest::qWaitFor([this] { return !m_session->jobs.busy(); }, patience);
    }
    JobStanding standing(const QString& id) const {
        const auto* row = m_session->jobs.jobs()->find(id);
        return row ? row->standing : JobStanding::Refused;
    }
    QString stateOf(const QString& id) {
        const auto events = m_platform.admin("GET", "/admin/jobs/" + id.toStdString() + "/events");
        return events ? QString::fromStdString(*events->find("state")->string()) : QString();
    }
    /// Opens the job's fields and asks for its run, all sealed.
    bool ask(const QString& id) const {
        QSignalSpy opened(&m_session->fields, &views::FieldsView::opened);
        m_session->jobs.openFields(id, {});
        if (!opened.wait(patience) || !QTest::qWaitFor([this] { return m_session->fields.ready(); }, patience))
            return false;
        m_session->fields.start(false);
        return true;
    }
    std::string order() {
        const auto machines = m_platform.admin("GET", "/admin/machines");
        const auto& machine = *machines->find("machines")->array()->front().find("machine_id")->string();
        const auto made =
            m_platform.admin("POST", "/admin/jobs",
                             crypto::JsonObject{{"machine_id", machine},
                                                {"name", "Ordered by a test"},
                                                {"policy", crypto::JsonObject{{"version", 1}}},
                                                {"source", crypto::JsonObject{{"kind", "object"},
                                                                              {"bucket", "cohort"},
                                                                              {"object", "sources/patients.csv"},
                                                                              {"media_type", "text/csv"}}},
                                                {"bucket", "cohort"},
                                                {"prefix", "loader/runs/"}});
        return made ? *made->find("job_id")->string() : std::string();
    }

private Q_SLOTS:
    void initTestCase() {
        if (!test::PlatformProcess::possible()) {
            QVERIFY2(!qEnvironmentVariableIsSet("CI"), "SEALWRIGHT_S3_ENDPOINT is not set");
            QSKIP("no object store: the window's runs were NOT tried (SEALWRIGHT_S3_ENDPOINT is not set)");
        }
        QVERIFY2(m_platform.start({u"--demo"_s}), m_platform.log());
        Configuration configuration;
        configuration.keystore = "file:" + m_folder.filePath(u"keys"_s).toStdString();
        configuration.configDir = m_folder.filePath(u"profile"_s).toStdString();
        configuration.passphrase.file = write(u"passphrase"_s, "a passphrase\n").toStdString();
        auto services = openServices(configuration);
        QVERIFY(services.ok());
        m_session = std::make_unique<views::Session>();
        m_controllers =
            std::make_unique<window::Controllers>(std::move(*services), *m_session, configuration.configDir);
        m_controllers->load();
        using Phase = views::RegistrationView::Phase;
        views::RegistrationView& view = m_session->registration;
        m_session->takeInvitation(write(u"invitation.json"_s, m_platform.invitation()));
        QTRY_VERIFY_WITH_TIMEOUT(view.phase() == Phase::Invited, patience);
        view.join(u"runs"_s, {});
        QTRY_VERIFY_WITH_TIMEOUT(view.phase() == Phase::Done, patience);
        for (int i = 0; i < 3; ++i)
            m_ids << QString::fromStdString(order());
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->jobs.busy(), patience);
        QVERIFY(refresh());
        QVERIFY(standing(m_ids[2]) == JobStanding::WaitingForYou);
    }

    void aPausedRunStandsStillAndGoesOn() {
        views::RunView& run = m_session->run;
        m_session->settings.setTransferLimit(20'000); // so that it can be met on its way
        QVERIFY(ask(m_ids[0]));
        QVERIFY(run.running());
        QTRY_VERIFY_WITH_TIMEOUT(run.stage(views::RunStep::Upload) == views::StepStage::Active && run.done() > 0,
                                 patience);
        run.pause();
        m_session->settings.setTransferLimit(0);
        QTest::qWait(1000); // without the pause it would be done by now
        QVERIFY(run.running() && run.paused());
        QCOMPARE(stateOf(m_ids[0]), u"running"_s);
        run.goOn();
        QTRY_VERIFY_WITH_TIMEOUT(!run.running(), patience);
        QVERIFY(run.receipt() && run.receipt()->jobId == m_ids[0]);
    }

    void aPausedRunIsCancelledAtOnce() {
        views::RunView& run = m_session->run;
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->jobs.busy(), patience);
        m_session->settings.setTransferLimit(20'000);
        QVERIFY(ask(m_ids[1]));
        QTRY_VERIFY_WITH_TIMEOUT(run.stage(views::RunStep::Upload) == views::StepStage::Active && run.done() > 0,
                                 patience);
        run.pause();
        run.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!run.running(), patience);
        QVERIFY(run.cancelled());
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(m_ids[1]), u"returned"_s, patience);
        m_session->settings.setTransferLimit(0);
    }

    void whatIsAskedForMeanwhileWaitsItsTurn() {
        views::RunView& run = m_session->run;
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->jobs.busy(), patience);
        QVERIFY(refresh());
        const QString last = QString::fromStdString(order());
        QVERIFY(refresh());
        QVERIFY(ask(m_ids[1]));
        run.pause();
        QSignalSpy started(&run, &views::RunView::started);
        for (const QString& id : {m_ids[2], last}) {
            QVERIFY(ask(id));
            QTRY_VERIFY(standing(id) == JobStanding::InLine);
        }
        QCOMPARE(run.line(), (QStringList{m_ids[2], last}));
        QVERIFY(refresh());
        QVERIFY(standing(last) == JobStanding::InLine); // the platform knows nothing of it
        m_session->jobs.leaveLine(last);
        QVERIFY(standing(last) == JobStanding::WaitingForYou);
        run.goOn();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(m_ids[1]), u"done"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(m_ids[2]), u"done"_s, patience);
        QTRY_VERIFY_WITH_TIMEOUT(run.receipt() && run.receipt()->jobId == m_ids[2], patience);
        QCOMPARE(started.count(), 0); // nobody is taken away from where they are
        QVERIFY(run.line().isEmpty());
        QCOMPARE(stateOf(last), u"pending"_s);
    }
};

QTEST_MAIN(RunsTest)
#include "tst_runs.moc"
