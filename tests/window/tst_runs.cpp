#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/window/registered_window.h"

#include <QSignalSpy>
#include <QtTest>

using namespace sealwright;
using namespace Qt::StringLiterals;
using items::JobStanding;
using tests::RegisteredWindow;

/// Runs as the window has them, with the reference platform and a real object store. The tests build on each other, in
/// this order.
class RunsTest : public QObject {
    Q_OBJECT

    static constexpr int patience = RegisteredWindow::patience;
    std::unique_ptr<RegisteredWindow> m_window;
    views::Session* m_session = nullptr; ///< the window's
    QStringList m_ids;                   ///< jobs whose data lie in the store

    JobStanding standing(const QString& id) const {
        const auto* row = m_session->jobs.jobs()->find(id);
        return row ? row->standing : JobStanding::Refused;
    }
    QString stateOf(const QString& id) {
        const auto events = m_window->platform.admin("GET", "/admin/jobs/" + id.toStdString() + "/events");
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
        return test::placeForId(m_window->platform, {m_window->machineId, "Ordered by a test", test::storedSource()});
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the window's runs");
        m_window = std::make_unique<RegisteredWindow>();
        m_session = &m_window->session;
        const QByteArray wrong = m_window->startAndJoin({u"--demo"_s});
        QVERIFY2(wrong.isEmpty(), wrong);
        for (int i = 0; i < 3; ++i)
            m_ids << QString::fromStdString(order());
        QVERIFY(m_window->refresh());
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
        QVERIFY(m_window->refresh());
        const QString last = QString::fromStdString(order());
        QVERIFY(m_window->refresh());
        QVERIFY(ask(m_ids[1]));
        run.pause();
        QSignalSpy started(&run, &views::RunView::started);
        for (const QString& id : {m_ids[2], last}) {
            QVERIFY(ask(id));
            QTRY_VERIFY_WITH_TIMEOUT(standing(id) == JobStanding::InLine, 30'000);
        }
        QCOMPARE(run.line(), (QStringList{m_ids[2], last}));
        QVERIFY(m_window->refresh());
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
