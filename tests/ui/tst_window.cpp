#include "crypto/base/secret.h"
#include "tests/ui/finding.h"
#include "tests/ui/sample_window.h"
#include "ui/common/band.h"
#include "ui/common/chip.h"
#include "ui/common/fact_grid.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/jobs/jobs_page.h"
#include "ui/keys/passphrase_sheet.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/drop_veil.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"
#include "ui/shell/nav_button.h"

#include <QDropEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;
using tests::buttonNamed;
using tests::SampleWindow;
using tests::topLevel;

/// The window as a whole, and what it asks.
class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(speak(*qApp));
        Theme::instance().apply(views::Appearance::Light);
    }

    void aFirstStartWelcomes() {
        views::Session session;
        MainWindow window(session);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window)); // shortcuts reach no other
        QVERIFY(window.atWelcome());
        QTest::mouseClick(buttonNamed(&window, u"Open invitation"_s), Qt::LeftButton);
        QVERIFY(!window.atWelcome());
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(window.atWelcome());
    }

    void placesAreReachedByKeyAndShowWhatWaits() {
        SampleWindow window;
        views::Session& session = window.session;
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window)); // shortcuts reach no other
        QVERIFY(!window.atWelcome());
        QVERIFY(window.place() == Place::Jobs);
        for (int i = 0; i < places; ++i) {
            QTest::keyClick(&window, Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
            QCOMPARE(static_cast<int>(window.place()), i);
        }
        const auto badges = window.findChildren<NavButton*>();
        QCOMPARE(badges[0]->badge(), u"2"_s);
        QCOMPARE(badges[2]->badge(), u"1"_s);
        QSignalSpy refresh(&session.jobs, &views::JobsView::refreshWanted),
            results(&session.results, &views::ResultsView::refreshWanted);
        window.go(Place::Jobs);
        QTest::keyClick(&window, Qt::Key_F5);
        window.go(Place::Results);
        QTest::keyClick(&window, Qt::Key_F5);
        QCOMPARE(refresh.count(), 1);
        QCOMPARE(results.count(), 1);
    }

    void theFocusFollowsThePlace() {
        SampleWindow window;
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto lines = window.findChildren<NavButton*>();
        for (int i = 0; i < places; ++i) {
            window.go(static_cast<Place>(i));
            for (const auto* line : lines)
                QVERIFY(window.focusWidget() != line);
        }
        lines[0]->setFocus();
        QTest::keyClick(lines[0], Qt::Key_Space);
        QVERIFY(window.focusWidget() == lines[0]);
    }

    void nothingIsCutOffInASmallWindow() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.resize(900, 600);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (int i = 0; i < places; ++i) {
            window.go(static_cast<Place>(i));
            QTest::qWait(5);
            QCOMPARE(window.size(), QSize(900, 600));
            for (const auto* button : window.findChildren<QPushButton*>())
                if (button->isVisible())
                    QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            for (const auto* text : window.findChildren<QLabel*>())
                if (text->isVisible() && text->wordWrap())
                    QVERIFY2(text->height() >= text->heightForWidth(text->width()), qPrintable(text->text()));
        }
    }

    void droppedFilesAreTaken() {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"a.pdf"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        SampleWindow window;
        views::Session& session = window.session;
        connect(&session, &views::Session::lookWanted, &session,
                [&session](const QString& path) { session.takeFiles({path}); });
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        const auto* veil = window.findChild<DropVeil*>();
        QVERIFY(veil->isVisible());
        QDragLeaveEvent leave;
        QApplication::sendEvent(&window, &leave);
        QVERIFY(!veil->isVisible());
        QApplication::sendEvent(&window, &enter);
        QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &drop);
        QVERIFY(window.place() == Place::Files);
        QCOMPARE(session.files.files()->rowCount(), 1);
        QVERIFY(!veil->isVisible());
    }

    void closingAsksWhileSomethingIsUnderWay() {
        SampleWindow window;
        views::Session& session = window.session;
        sample::startRun(session);
        QVERIFY(!window.close());
        auto* sheet = topLevel<Sheet>();
        QVERIFY(sheet);
        sheet->reject();
        QVERIFY(window.isVisible());
        QVERIFY(!window.close());
        for (QWidget* widget : QApplication::topLevelWidgets()) // the newer one
            if (auto* one = qobject_cast<Sheet*>(widget); one && one->isVisible())
                one->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 30'000);
    }

    void theWindowComesBackAsItWasLeft() {
        views::Session session;
        QString kept;
        {
            MainWindow window(session);
            window.resize(1000, 700);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QVERIFY(window.close());
            kept = session.settings.facts().window;
            QVERIFY(!kept.isEmpty());
        }
        views::Session again;
        views::SettingsFacts facts;
        facts.window = kept;
        again.settings.setFacts(facts);
        QCOMPARE(MainWindow(again).size(), QSize(1000, 700));
        facts.window = u"no geometry"_s;
        again.settings.setFacts(facts);
        QCOMPARE(MainWindow(again).size(), QSize(1180, 760));
    }

    void theLimitOfTransfersIsANumberOrNothing() {
        views::Session session;
        SettingsPage page(session.settings);
        page.QWidget::show();
        const auto lines = page.findChildren<QLineEdit*>();
        const auto found = std::find_if(lines.begin(), lines.end(), [](const QLineEdit* one) {
            return one->accessibleName() == u"Transfers use at most, in MB/s";
        });
        QVERIFY(found != lines.end());
        QLineEdit* const limit = *found;
        const auto type = [&](const QString& text) {
            limit->setText(text);
            QTest::keyClick(limit, Qt::Key_Return);
            return session.settings.facts().transferLimit;
        };
        QVERIFY(limit->text().isEmpty());
        QCOMPARE(type(u"2.5"_s), quint64{2'500'000});
        for (const auto& wrong : {u"much"_s, u"-1"_s, u"0"_s, u"nan"_s, u"1e30"_s}) {
            QCOMPARE(type(wrong), quint64{2'500'000});
            QCOMPARE(limit->text(), u"2.5"_s);
        }
        QCOMPARE(type({}), quint64{0});
        QVERIFY(limit->text().isEmpty());
    }

    void rotatingKeysIsExplainedFirst() {
        SampleWindow window;
        views::Session& session = window.session;
        window.go(Place::Keys);
        QSignalSpy wanted(&session.keys, &views::KeysView::rotateWanted);
        for (const bool yes : {false, true}) {
            QTest::mouseClick(buttonNamed(&window, u"Rotate keys…"_s), Qt::LeftButton);
            auto* sheet = topLevel<Sheet>();
            QVERIFY(sheet);
            QString said;
            for (const auto* label : sheet->findChildren<QLabel*>())
                said += label->text();
            QVERIFY2(said.contains(u"recovery kit"_s) && said.contains(u"Cohort Platform"_s), qPrintable(said));
            QTest::mouseClick(buttonNamed(sheet, yes ? u"Rotate keys"_s : u"Cancel"_s), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!topLevel<Sheet>(), 30'000);
            QCOMPARE(wanted.count(), yes ? 1 : 0);
        }
        session.keys.begin();
        QVERIFY(!buttonNamed(&window, u"Rotate keys"_s)); // not twice at once
        session.keys.end();
        session.keys.setFormerPairs(2);
        QString all;
        for (const auto* label : window.findChildren<QLabel*>())
            all += label->text();
        QVERIFY(all.contains(u"2 pairs, kept to open"_s));
    }

    void aRevokedMachineIsSaidOnJobsAndKeys() {
        SampleWindow window;
        views::Session& session = window.session;
        const auto bands = [&window] {
            QString all;
            for (const auto* band : window.findChildren<Band*>())
                if (band->isVisible())
                    all += band->text();
            return all;
        };
        const QString words = u"Cohort Platform has revoked this machine."_s;
        QVERIFY(!bands().contains(words));
        views::MachineFacts facts = session.machine.facts();
        facts.revokedAt = 1'700'000'000;
        session.machine.setFacts(facts);
        for (const Place place : {Place::Jobs, Place::Keys}) {
            window.go(place);
            QVERIFY2(bands().contains(words) && bands().contains(u"still opens"_s), qPrintable(bands()));
        }
        facts.revokedAt = 0;
        session.machine.setFacts(facts);
        for (const Place place : {Place::Jobs, Place::Keys}) {
            window.go(place);
            QVERIFY(!bands().contains(words));
        }
    }

    void theKeystoresPassphraseIsAskedOverTheWindow() {
        SampleWindow window;
        views::Session& session = window.session;
        QSignalSpy given(&session.unlock, &views::UnlockView::given),
            dismissed(&session.unlock, &views::UnlockView::dismissed);
        session.unlock.ask(views::UnlockView::Wish::Open, u"/srv/keys"_s);
        auto* sheet = topLevel<PassphraseSheet>();
        QVERIFY(sheet);
        auto* line = sheet->findChild<QLineEdit*>();
        QVERIFY(line->echoMode() == QLineEdit::Password);
        QTest::keyClicks(line, u"correct horse"_s);
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QCOMPARE(given.count(), 1);
        QCOMPARE(given[0][0].value<views::Passphrase>()->size(), std::size_t(13));
        QCOMPARE(dismissed.count(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!topLevel<PassphraseSheet>(), 30'000);
        session.unlock.ask(views::UnlockView::Wish::Again, u"/srv/keys"_s);
        topLevel<PassphraseSheet>()->reject();
        QCOMPARE(dismissed.count(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!topLevel<PassphraseSheet>(), 30'000);
        session.unlock.ask(views::UnlockView::Wish::Open, u"/srv/keys"_s);
        session.unlock.withdraw(); // the task was cancelled
        QTRY_VERIFY_WITH_TIMEOUT(!topLevel<PassphraseSheet>(), 30'000);
        QCOMPARE(given.count() + dismissed.count(), 2);
    }

    void whatWasTypedIsOverwritten() {
        QWidget parent;
        auto* sheet = new PassphraseSheet(PassphraseSheet::Purpose::OpenKit, &parent);
        sheet->open();
        auto* line = sheet->findChild<QLineEdit*>();
        QTest::keyClicks(line, u"correct horse"_s);
        const QString shared = line->text(); // the edit's own buffer
        delete sheet;
        QCOMPARE(shared, QString(13, u'*'));
    }

    void whoCanOpenItStaysInSightInASmallWindow() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.resize(900, 600);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        session.jobs.select(u"5"_s); // with a band that takes room
        QTest::qWait(50);
        int chips = 0;
        for (auto* chip : window.findChild<JobsPage*>()->findChildren<Chip*>()) {
            if (!chip->isVisible())
                continue;
            ++chips;
            QVERIFY2(chip->visibleRegion().boundingRect().size() == chip->size(), qPrintable(chip->text()));
        }
        QCOMPARE(chips, 3); // the signature's, and both openers
    }

    void whatOthersWroteIsNeverRichText() {
        FactGrid grid;
        QCOMPARE(grid.addText(u"name"_s, u"<b>x</b>"_s)->textFormat(), Qt::PlainText);
        QVERIFY(plainTip(u"<img src='x'>"_s).contains(u"&lt;img"_s));
        QCOMPARE(literal(u"A & B"_s), u"A && B"_s);
    }

    void aPassphraseIsAskedTwiceAndMustBeLong() {
        QWidget parent;
        auto* sheet = new PassphraseSheet(PassphraseSheet::Purpose::MakeKit, &parent);
        sheet->open();
        const auto lines = sheet->findChildren<QLineEdit*>();
        QCOMPARE(lines.size(), 2);
        lines[0]->setText(u"short"_s);
        lines[1]->setText(u"short"_s);
        QVERIFY(!sheet->verbButton()->isEnabled());
        lines[0]->setText(u"correct horse battery"_s);
        QVERIFY(!sheet->verbButton()->isEnabled());
        lines[1]->setText(u"correct horse battery"_s);
        QVERIFY(sheet->verbButton()->isEnabled());
        views::Passphrase given;
        connect(sheet, &PassphraseSheet::given, this, [&](const views::Passphrase& passphrase) { given = passphrase; });
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QVERIFY(given);
        QCOMPARE(given->size(), std::size_t(21));
    }

    void themesChangeWhileTheWindowIsOpen() {
        SampleWindow window;
        views::Session& session = window.session;
        session.settings.setAppearance(views::Appearance::Dark);
        QVERIFY(Theme::instance().colours().dark);
        QCOMPARE(window.palette().color(QPalette::Window), darkColours().window);
        session.settings.setAppearance(views::Appearance::Light);
    }

    void everythingThatTakesFocusHasAName() {
        views::Session session;
        sample::fill(session);
        sample::fillFiles(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        for (auto* widget : window.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || qobject_cast<QAbstractScrollArea*>(widget->parentWidget()))
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const bool asks = qobject_cast<QAbstractItemView*>(widget) || qobject_cast<QLineEdit*>(widget) || button ||
                              qobject_cast<QPlainTextEdit*>(widget);
            const bool internal = qobject_cast<QHeaderView*>(widget) || widget->objectName().startsWith(u"qt_"_s) ||
                                  widget->inherits("QTableCornerButton") || widget->inherits("QLineEditIconButton");
            QVERIFY2(!asks || named || internal,
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }
};

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
