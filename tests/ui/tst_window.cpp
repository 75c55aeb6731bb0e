#include "sample_session.h"
#include "ui/common/band.h"
#include "ui/common/chip.h"
#include "ui/common/fact_grid.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/fields/fields_page.h"
#include "ui/fields/reading_menu.h"
#include "ui/fields/state_menu.h"
#include "ui/jobs/jobs_page.h"
#include "ui/keys/passphrase_sheet.h"
#include "ui/run/run_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/drop_veil.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"
#include "ui/shell/nav_button.h"

#include <QCheckBox>
#include <QDropEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include "crypto/base/secret.h"

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;

class WindowTest : public QObject {
    Q_OBJECT
private:
    static QPushButton* buttonNamed(QWidget* in, const QString& beginning) {
        for (auto* button : in->findChildren<QPushButton*>())
            if (button->text().startsWith(beginning) && button->isVisible())
                return button;
        return nullptr;
    }
    template <class T>
    static T* topLevel() {
        for (QWidget* widget : QApplication::topLevelWidgets())
            if (auto* found = qobject_cast<T*>(widget); found && found->isVisible())
                return found;
        return nullptr;
    }
    static QTableView* table(QWidget* in, const QString& name) {
        for (auto* found : in->findChildren<QTableView*>())
            if (found->accessibleName() == name)
                return found;
        return nullptr;
    }

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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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

    void aRunGoesOnWhileOnePageIsLeftAndStaysInSight() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        window.go(Place::Keys);
        sample::startRun(session);
        QVERIFY(window.place() == Place::Jobs);
        QVERIFY(window.findChild<RunPage*>()->isVisible());
        window.go(Place::Settings);
        QVERIFY(session.run.running());
        QCOMPARE(window.findChildren<NavButton*>()[0]->badge(), u"40 %"_s);
        QTest::mouseClick(window.findChildren<NavButton*>()[0], Qt::LeftButton);
        QVERIFY(window.findChild<RunPage*>()->isVisible());
        auto* page = window.findChild<RunPage*>();
        QTest::mouseClick(buttonNamed(page, u"Pause"_s), Qt::LeftButton);
        QVERIFY(session.run.paused());
        const auto says = [page](const QString& words) {
            for (auto* one : page->findChildren<QLabel*>())
                if (one->isVisible() && one->text().contains(words))
                    return true;
            return false;
        };
        QVERIFY(says(u"Paused"_s) && !says(u"left"_s));
        QTest::mouseClick(buttonNamed(page, u"Go on"_s), Qt::LeftButton);
        QVERIFY(!session.run.paused() && !says(u"Paused"_s));
        session.run.setLine({u"2"_s});
        QVERIFY(says(u"1 more job waiting"_s));
        QSignalSpy cancel(&session.run, &views::RunView::cancelWanted);
        QTest::mouseClick(buttonNamed(window.findChild<RunPage*>(), u"Cancel"_s), Qt::LeftButton);
        QCOMPARE(cancel.count(), 1);
        session.run.stop(Failure(Code::Cancelled));
        QVERIFY(window.findChild<RunPage*>()->title().startsWith(u"Cancelled"_s));
    }

    void aReportThatIsPendingIsSaid() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        const auto says = [](QWidget* in, const QString& words) {
            for (auto* text : in->findChildren<QLabel*>())
                if (text->isVisible() && text->text().contains(words))
                    return true;
            return false;
        };
        auto* page = window.findChild<JobsPage*>();
        session.jobs.select(u"3"_s);
        QVERIFY(!says(page, u"Not sent yet"_s));
        auto rows = sample::jobs();
        rows[2].reportPending = true;
        session.jobs.setJobs(rows);
        session.jobs.select(u"3"_s);
        QTRY_VERIFY(says(page, u"Not sent yet"_s));
        sample::startRun(session);
        auto receipt = sample::receipt();
        receipt.reportPending = true;
        session.run.finish(receipt);
        auto* run = window.findChild<RunPage*>();
        QVERIFY(run->isVisible());
        QTRY_VERIFY(says(run, u"The platform does not know yet"_s));
        receipt.reportPending = false;
        session.run.showReceipt(receipt);
        QVERIFY(!says(run, u"The platform does not know yet"_s));
    }

    void decliningAsksForAReason() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        QSignalSpy declined(&session.jobs, &views::JobsView::declineWanted);
        auto* page = window.findChild<JobsPage*>();
        QTest::mouseClick(buttonNamed(page, u"Decline"_s), Qt::LeftButton);
        auto* sheet = topLevel<Sheet>();
        QVERIFY(sheet);
        QVERIFY(!sheet->verbButton()->isEnabled());
        sheet->findChild<QPlainTextEdit*>()->setPlainText(u"Not approved by our board"_s);
        QVERIFY(sheet->verbButton()->isEnabled());
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QCOMPARE(declined.count(), 1);
        QCOMPARE(declined[0][0].toString(), u"1"_s);
        QCOMPARE(declined[0][1].toString(), u"Not approved by our board"_s);
    }

    void whatWasInterruptedIsGoneOnWithOrGivenUp() {
        views::Session session;
        sample::fill(session);
        items::JobRow row = *session.jobs.current();
        row.standing = items::JobStanding::Interrupted;
        session.jobs.update(row);
        MainWindow window(session);
        window.show();
        QSignalSpy goOn(&session.jobs, &views::JobsView::goOnWanted),
            giveUp(&session.jobs, &views::JobsView::giveUpWanted);
        auto* page = window.findChild<JobsPage*>();
        QVERIFY(!buttonNamed(page, u"Decline"_s));
        bool said = false;
        for (auto* band : page->findChildren<Band*>())
            said = said || (band->isVisible() && band->text().contains(u"going on sends only what is missing"_s));
        QVERIFY(said);
        QTest::mouseClick(buttonNamed(page, u"Go on"_s), Qt::LeftButton);
        QCOMPARE(goOn.count(), 1);
        QCOMPARE(goOn[0][0].toString(), row.id);
        QTest::mouseClick(buttonNamed(page, u"Give up"_s), Qt::LeftButton);
        QCOMPARE(giveUp.count(), 1);
        QVERIFY(!topLevel<Sheet>());
    }

    void theContractFollowsTheList() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        auto* page = window.findChild<JobsPage*>();
        auto* list = page->findChild<QListView*>();
        QCOMPARE(list->currentIndex().data().toString(), u"Cohort 2026, patients"_s);
        QVERIFY(buttonNamed(page, u"Choose file and fields"_s));
        QTest::keyClick(list, Qt::Key_Down);
        QVERIFY(session.jobs.current()->id != u"1"_s);
        QCOMPARE(session.jobs.current()->id, list->currentIndex().data(items::JobListModel::IdRole).toString());
        session.jobs.select(u"2"_s);
        QSignalSpy fields(&session.jobs, &views::JobsView::fieldsWanted);
        QTest::mouseClick(buttonNamed(page, u"See fields"_s), Qt::LeftButton);
        QCOMPARE(fields.count(), 1);
        QCOMPARE(fields[0][0].toString(), u"2"_s);
        session.jobs.select(u"3"_s);
        QCOMPARE(list->currentIndex().data().toString(), u"Follow-up, week 46"_s);
        QVERIFY(!buttonNamed(page, u"Decline"_s));
        session.jobs.select(u"5"_s);
        bool said = false;
        for (auto* band : page->findChildren<Band*>())
            said = said || (band->isVisible() && band->kind() == Band::Kind::Failure);
        QVERIFY(said);
    }

    void changingAStateChangesWhatLeaves() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        auto* page = window.findChild<FieldsPage*>();
        QVERIFY(page->isVisible());
        QCOMPARE(page->title(), u"Fields of patients.csv"_s);
        QVERIFY(page->band()->text().startsWith(u"3 of 12 columns are sent readable: ward, admitted, lab."_s));
        auto* after = table(page, u"The same records as they will leave it"_s);
        QVERIFY(after->model()->index(0, 3).data().toString().startsWith(u"sw1g."_s));

        auto* tree = page->findChild<QTreeView*>();
        tree->setCurrentIndex(tree->model()->index(3, 0));
        QTest::keyClick(tree, Qt::Key_Return);
        auto* menu = topLevel<QMenu>();
        QVERIFY(menu);
        for (QAction* action : menu->actions())
            if (action->text() == u"Sent readable"_s)
                action->trigger();
        menu->close();
        QCOMPARE(after->model()->index(0, 3).data().toString(), u"1815-12-10"_s);
        QVERIFY(page->band()->text().startsWith(u"4 of 12"_s));
    }

    /// What was guessed of a file can be overruled where it is shown.
    void howTheDataIsReadCanBeChanged() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        auto* page = window.findChild<FieldsPage*>();
        QVERIFY(buttonNamed(page, u"How it is read"_s)->isVisible());
        DialectWish wanted;
        connect(&session.fields, &views::FieldsView::readingWanted, this,
                [&wanted](const DialectWish& wish) { wanted = wish; });
        const auto choose = [&](const QString& group, const QString& way) {
            const std::unique_ptr<QMenu> menu(makeReadingMenu(session.fields, page));
            for (QAction* submenu : menu->actions())
                for (QAction* action : submenu->menu() ? submenu->menu()->actions() : QList<QAction*>())
                    if (submenu->text() == group && action->text() == way) {
                        const bool checked = action->isChecked();
                        action->trigger();
                        return checked ? u"was so"_s : u"changed"_s;
                    }
            return u"not offered"_s;
        };
        QCOMPARE(choose(u"First line"_s, u"Column names, which leave readable"_s), u"was so"_s);
        QCOMPARE(choose(u"First line"_s, u"A record like the others"_s), u"changed"_s);
        QVERIFY(wanted.header == false && !wanted.delimiter);
        // What was overruled before stays so.
        views::SourceFacts source = session.fields.source();
        source.wish = wanted;
        source.header = false;
        session.fields.open(session.fields.job(), source);
        QCOMPARE(choose(u"Between fields"_s, u"Tab"_s), u"changed"_s);
        QVERIFY(wanted.header == false && wanted.delimiter == '\t');
        QCOMPARE(choose(u"Quotes"_s, u"Are ordinary characters"_s), u"changed"_s);
        QVERIFY(wanted.quoting == false);
        QCOMPARE(choose(u"Encoding"_s, u"windows-1252"_s), u"changed"_s);
        QVERIFY(wanted.encoding == std::string("windows-1252"));
        source.wish = wanted;
        session.fields.open(session.fields.job(), source);
        const std::unique_ptr<QMenu> menu(makeReadingMenu(session.fields, page));
        menu->actions().last()->trigger();
        QVERIFY(wanted == DialectWish());

        source.kind = views::SourceFacts::Kind::Json;
        session.fields.open(session.fields.job(), source);
        const std::unique_ptr<QMenu> json(makeReadingMenu(session.fields, page));
        json->actions()[1]->trigger();
        auto* sheet = topLevel<Sheet>();
        QVERIFY(sheet && !sheet->verbButton()->isEnabled());
        sheet->findChild<QLineEdit*>()->setText(u"entry[]"_s);
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QVERIFY(wanted.recordsAt == std::string("entry[]"));
        source.kind = views::SourceFacts::Kind::JsonLines;
        session.fields.open(session.fields.job(), source);
        QVERIFY(!buttonNamed(page, u"How it is read"_s)); // nothing is open there
    }

    void theMenuOffersNothingWeakerThanTheJobDemands() {
        views::Session session;
        sample::openFields(session);
        QWidget parent;
        auto* menu = makeStateMenu(session.fields, {session.fields.fields()->index(1, 0)}, &parent);
        QStringList enabled;
        for (QAction* action : menu->actions())
            if (action->isEnabled())
                enabled.append(action->text());
        QCOMPARE(enabled, (QStringList{u"Sealed"_s, u"Left out"_s}));
        QVERIFY(menu->actions().first()->isChecked());
        delete menu;
    }

    void bothTablesStayAligned() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        auto* before = table(&window, u"The first records as they are on this machine"_s);
        auto* after = table(&window, u"The same records as they will leave it"_s);
        for (int column = 0; column < before->model()->columnCount(); ++column)
            QCOMPARE(before->columnWidth(column), after->columnWidth(column));
        after->setColumnWidth(0, 222);
        QCOMPARE(before->columnWidth(0), 222);
        QTest::qWait(10);
        after->horizontalScrollBar()->setValue(after->horizontalScrollBar()->maximum());
        QVERIFY(before->horizontalScrollBar()->value() > 0);
        QCOMPARE(before->horizontalScrollBar()->value(), after->horizontalScrollBar()->value());
    }

    void sealingIsConfirmedOnce() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        QSignalSpy run(&session.fields, &views::FieldsView::runWanted);
        QTest::mouseClick(buttonNamed(window.findChild<FieldsPage*>(), u"Seal and send"_s), Qt::LeftButton);
        QCOMPARE(run.count(), 0);
        auto* sheet = topLevel<Sheet>();
        QVERIFY(sheet);
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QCOMPARE(run.count(), 1);
        QVERIFY(!run.takeFirst().at(0).toBool());
    }

    void sealingInOneGoIsChosenWhereItIsConfirmed() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        QSignalSpy run(&session.fields, &views::FieldsView::runWanted);
        QTest::mouseClick(buttonNamed(window.findChild<FieldsPage*>(), u"Seal and send"_s), Qt::LeftButton);
        auto* sheet = topLevel<Sheet>();
        QVERIFY(sheet);
        auto* box = sheet->findChild<QCheckBox*>();
        QVERIFY(box && !box->isChecked());
        box->click();
        QTest::mouseClick(sheet->verbButton(), Qt::LeftButton);
        QCOMPARE(run.count(), 1);
        QVERIFY(run.takeFirst().at(0).toBool());
    }

    void aRunInOneGoSaysSo() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        views::RunFacts facts;
        facts.jobName = u"Patients"_s;
        session.run.start(facts);
        auto* page = window.findChild<RunPage*>();
        QVERIFY(page && page->band()->isHidden());
        facts.straight = views::RunFacts::Straight::NoRoom;
        facts.roomNeeded = 12'000'000'000;
        facts.roomFree = 3'000'000'000;
        session.run.setFacts(facts);
        QVERIFY(!page->band()->isHidden());
        QVERIFY2(page->band()->text().contains(u"12"_s), qPrintable(page->band()->text()));
        session.run.stop(Failure(Code::Cancelled)); // what it says then is not about the disk
        QVERIFY(!page->band()->text().contains(u"12"_s));
    }

    void aFailureStandsWhereItHappened() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
        sample::openFields(session);
        session.fields.fail(Failure(Code::DataCsvUnclosedQuote));
        auto* page = window.findChild<FieldsPage*>();
        QVERIFY(page->band()->kind() == Band::Kind::Failure);
        QVERIFY(!buttonNamed(page, u"Seal and send"_s)->isEnabled());
    }

    void droppedFilesAreTaken() {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"a.pdf"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
        QTRY_VERIFY(!window.isVisible());
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
            QTRY_VERIFY(!topLevel<Sheet>());
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
        QTRY_VERIFY(!topLevel<PassphraseSheet>());
        session.unlock.ask(views::UnlockView::Wish::Again, u"/srv/keys"_s);
        topLevel<PassphraseSheet>()->reject();
        QCOMPARE(dismissed.count(), 1);
        QTRY_VERIFY(!topLevel<PassphraseSheet>());
        session.unlock.ask(views::UnlockView::Wish::Open, u"/srv/keys"_s);
        session.unlock.withdraw(); // the task was cancelled
        QTRY_VERIFY(!topLevel<PassphraseSheet>());
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
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.show();
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
