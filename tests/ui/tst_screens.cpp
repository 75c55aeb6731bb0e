#include "sample_session.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"

#include <QDir>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;

/// Renders every page in both themes into the build folder (screens/), and holds that each can be drawn at the smallest
/// size too.
class ScreensTest : public QObject {
    Q_OBJECT
private:
    static QString folder() { return QCoreApplication::applicationDirPath() + u"/screens"_s; }

    static void shoot(MainWindow& window, const QString& name) {
        QTest::qWait(20); // pages that are asked for from the event loop
        const QPixmap picture = window.grab();
        QVERIFY(!picture.isNull());
        QCOMPARE(picture.size(), window.size() * picture.devicePixelRatio());
        QVERIFY(picture.save(folder() + u'/' + name + u".png"_s));
    }

    /// The question that the button of that name asks; then it is left unanswered.
    static void shootQuestion(MainWindow& window, const QString& buttonName, const QString& name) {
        for (auto* button : window.findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == buttonName) {
                button->click();
                for (auto* sheet : window.findChildren<Sheet*>()) {
                    if (!sheet->isVisible())
                        continue;
                    QVERIFY(QTest::qWaitForWindowExposed(sheet));
                    QVERIFY(sheet->grab().save(folder() + u'/' + name + u".png"_s));
                    sheet->close();
                    return;
                }
            }
        QFAIL(qPrintable(buttonName));
    }

    /// What only some owners ever see.
    static void shootRareJobs(MainWindow& window, views::Session& session, const QString& suffix) {
        auto rows = sample::jobs();
        rows[0].brokerHost = u"events.cohort.example:5671"_s;
        rows[0].exchange = u"cohort.feedback"_s;
        rows[1].standing = items::JobStanding::Interrupted;
        session.jobs.setJobs(rows);
        session.jobs.select(rows[1].id);
        shoot(window, u"jobs-interrupted"_s + suffix);
        session.jobs.select(rows[0].id);
        shoot(window, u"jobs-broker"_s + suffix);
        shootQuestion(window, u"Decline…"_s, u"decline"_s + suffix);
        views::MachineFacts revoked = session.machine.facts();
        revoked.revokedAt = 1'795'600'000;
        session.machine.setFacts(revoked);
        shoot(window, u"jobs-revoked"_s + suffix);
        window.go(Place::Keys);
        shoot(window, u"keys-revoked"_s + suffix);
        window.go(Place::Jobs);
        revoked.revokedAt = 0;
        session.machine.setFacts(revoked);
        session.jobs.setJobs(sample::jobs());
    }

    static void shootAll(views::Appearance appearance, const QString& suffix, const QSize& size) {
        Theme::instance().apply(appearance);
        views::Session session;
        session.settings.setAppearance(appearance);
        MainWindow window(session);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        shoot(window, u"welcome"_s + suffix);
        window.showRegistration();
        shoot(window, u"invitation"_s + suffix);
        session.registration.setSuggestedName(u"ward-7"_s);
        session.registration.setInvitation(
            {u"platform.cohort.example"_s, {}, QDateTime::currentSecsSinceEpoch() + 90000, false, true});
        shoot(window, u"invited"_s + suffix);
        session.registration.join(u"ward-7"_s, {});
        shoot(window, u"registering"_s + suffix);
        session.registration.comparePlatform(sample::openers().first().kid, sample::platformWords);
        shoot(window, u"compare"_s + suffix);
        session.registration.setDone(u"Cohort Platform"_s);
        shoot(window, u"registered"_s + suffix);

        window.go(Place::Jobs);
        shoot(window, u"jobs-empty"_s + suffix);
        window.go(Place::Files);
        shoot(window, u"files-empty"_s + suffix);
        window.go(Place::Results);
        shoot(window, u"results-empty"_s + suffix);
        window.go(Place::Keys);
        shoot(window, u"keys-empty"_s + suffix);

        sample::fill(session);
        window.go(Place::Jobs);
        shoot(window, u"jobs"_s + suffix);
        session.jobs.select(u"5"_s);
        shoot(window, u"jobs-failed"_s + suffix);
        shootRareJobs(window, session, suffix);
        session.jobs.select(u"1"_s);
        sample::openFields(session);
        shoot(window, u"fields"_s + suffix);
        shootQuestion(window, u"Seal and send…"_s, u"seal-and-send"_s + suffix);
        session.fields.fail(Failure(Code::DataCsvUnclosedQuote, Where{{}, 8213, "note", 19'204}));
        shoot(window, u"fields-failed"_s + suffix);
        sample::startRun(session);
        shoot(window, u"run"_s + suffix);
        session.run.finish(sample::receipt());
        shoot(window, u"receipt"_s + suffix);
        sample::fillFiles(session);
        window.go(Place::Files);
        shoot(window, u"files"_s + suffix);
        window.go(Place::Results);
        shoot(window, u"results"_s + suffix);
        sample::openResult(session);
        shoot(window, u"result"_s + suffix);
        window.go(Place::Keys);
        shoot(window, u"keys"_s + suffix);
        shootQuestion(window, u"Rotate keys…"_s, u"rotate"_s + suffix);
        window.go(Place::Settings);
        shoot(window, u"settings"_s + suffix);
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        QVERIFY(speak(*qApp));
        QVERIFY(QDir().mkpath(folder()));
    }
    void light() { shootAll(views::Appearance::Light, {}, {1180, 760}); }
    void dark() { shootAll(views::Appearance::Dark, u"-dark"_s, {1180, 760}); }
    void small() { shootAll(views::Appearance::Light, u"-small"_s, {900, 600}); }
};

QTEST_MAIN(ScreensTest)
#include "tst_screens.moc"
