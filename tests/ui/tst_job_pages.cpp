#include "tests/ui/finding.h"
#include "tests/ui/sample_window.h"
#include "ui/common/band.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/fields/fields_page.h"
#include "ui/fields/reading_menu.h"
#include "ui/fields/state_menu.h"
#include "ui/jobs/jobs_page.h"
#include "ui/run/run_page.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"
#include "ui/shell/nav_button.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;
using tests::buttonNamed;
using tests::SampleWindow;
using tests::table;
using tests::topLevel;

/// A job's way through the window: the list and its contract, the fields, the run.
class JobPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(speak(*qApp));
        Theme::instance().apply(views::Appearance::Light);
    }

    void aRunGoesOnWhileOnePageIsLeftAndStaysInSight() {
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        QTRY_VERIFY_WITH_TIMEOUT(says(page, u"Not sent yet"_s), 30'000);
        sample::startRun(session);
        auto receipt = sample::receipt();
        receipt.reportPending = true;
        session.run.finish(receipt);
        auto* run = window.findChild<RunPage*>();
        QVERIFY(run->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(says(run, u"The platform does not know yet"_s), 30'000);
        receipt.reportPending = false;
        session.run.showReceipt(receipt);
        QVERIFY(!says(run, u"The platform does not know yet"_s));
    }

    void decliningAsksForAReason() {
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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

    void theNoteSaysWhatBecomesOfTheChosenField() {
        SampleWindow window;
        views::Session& session = window.session;
        sample::openFields(session);
        auto* page = window.findChild<FieldsPage*>();
        auto* tree = page->findChild<QTreeView*>();
        const auto noted = [page](const QString& words) {
            for (const auto* one : page->findChildren<QLabel*>())
                if (one->isVisible() && one->text().contains(words))
                    return true;
            return false;
        };
        const auto at = [tree](int row) { return tree->model()->index(row, 0); };
        const QString readable = u"Everyone on the way can read it."_s, stays = u"4 characters stay."_s,
                      leftOut = u"Does not leave this machine at all."_s,
                      demanded = u"The job demands at least: Sealed."_s;
        tree->setCurrentIndex(at(6));
        QVERIFY(noted(readable) && !noted(demanded));
        tree->setCurrentIndex(at(5));
        QVERIFY(noted(stays) && !noted(readable));
        tree->setCurrentIndex(at(10));
        QVERIFY(noted(leftOut));
        session.fields.fields()->choose({session.fields.fields()->index(10, 0)},
                                        {items::FieldState::Readable, 0, 0, {}});
        QVERIFY(noted(readable) && !noted(leftOut)); // as it is now
        tree->setCurrentIndex(at(1));
        QVERIFY(noted(demanded));
        tree->selectionModel()->select(at(2), QItemSelectionModel::Select);
        QVERIFY(noted(u"2 fields are selected."_s) && !noted(demanded));
    }

    /// What was guessed of a file can be overruled where it is shown.
    void howTheDataIsReadCanBeChanged() {
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
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
        SampleWindow window;
        views::Session& session = window.session;
        sample::openFields(session);
        session.fields.fail(Failure(Code::DataCsvUnclosedQuote));
        auto* page = window.findChild<FieldsPage*>();
        QVERIFY(page->band()->kind() == Band::Kind::Failure);
        QVERIFY(!buttonNamed(page, u"Seal and send"_s)->isEnabled());
    }
};

QTEST_MAIN(JobPagesTest)
#include "tst_job_pages.moc"
