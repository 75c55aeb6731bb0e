#include "tests/ui/sample_window.h"
#include "ui/common/fact_grid.h"
#include "ui/common/labels.h"
#include "ui/common/theme.h"
#include "ui/jobs/jobs_page.h"
#include "ui/run/run_page.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTest>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;
using tests::SampleWindow;

/// A job and what it says of itself: in the list, as a contract, as a receipt; and the labels that this is made of.
class ContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(speak(*qApp));
        Theme::instance().apply(views::Appearance::Light);
    }

    void aContractSaysWhoIsTold() {
        SampleWindow window;
        views::Session& session = window.session;
        auto* page = window.findChild<JobsPage*>();
        const auto says = [&](const QString& words) {
            for (auto* text : page->findChildren<QLabel*>())
                if (text->isVisible() && text->accessibleName().startsWith(u"Reports to: "_s))
                    return text->accessibleName().contains(words);
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(says(u"the platform itself"_s), 30'000);
        auto rows = sample::jobs();
        rows[0].brokerHost = u"mq.cohort.example:5671"_s;
        rows[0].exchange = u"<b>events"_s;
        session.jobs.setJobs(rows);
        QTRY_VERIFY_WITH_TIMEOUT(says(u"the message broker mq.cohort.example:5671, exchange <b>events"_s), 30'000);
        rows[0].exchange.clear();
        session.jobs.setJobs(rows);
        QTRY_VERIFY_WITH_TIMEOUT(says(u"the message broker mq.cohort.example:5671"_s), 30'000);
        QVERIFY(!says(u"exchange"_s));
    }

    void aJobListedAgainLeavesItsContractAndThePlaceInTheListAlone() {
        views::Session session;
        sample::fill(session);
        auto rows = sample::jobs();
        for (int i = 0; i < 100; ++i) {
            rows.push_back(rows[1]);
            rows.back().id = u"many"_s + QString::number(i);
        }
        session.jobs.setJobs(rows);
        MainWindow window(session);
        window.show();
        auto* page = window.findChild<JobsPage*>();
        auto* list = page->findChild<QListView*>();
        QTRY_VERIFY_WITH_TIMEOUT(list->verticalScrollBar()->maximum() > 0, 30'000);
        list->verticalScrollBar()->setValue(list->verticalScrollBar()->maximum());
        const int place = list->verticalScrollBar()->value();
        const auto labels = page->findChildren<QLabel*>();
        session.jobs.begin();
        session.jobs.end();
        session.jobs.setJobs(rows);
        rows[50].purpose = u"another"_s;
        session.jobs.setJobs(rows);
        QCOMPARE(list->verticalScrollBar()->value(), place);
        QCOMPARE(page->findChildren<QLabel*>(), labels);
    }

    void aJobThatIsFilteredAwayStaysInSightAndCanBeLeft() {
        SampleWindow window;
        views::Session& session = window.session;
        auto* page = window.findChild<JobsPage*>();
        auto* list = page->findChild<QListView*>();
        session.jobs.select(u"3"_s);
        page->findChild<QLineEdit*>()->setText(u"week 45"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(session.jobs.current()->id, u"3"_s);
        QVERIFY(!list->selectionModel()->hasSelection());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(session.jobs.current()->id, u"4"_s);
    }

    void nothingOfAContractIsSqueezedInAnyFrame() {
        views::Session session;
        sample::fill(session);
        auto rows = sample::jobs();
        rows[0].brokerHost = u"events.cohort.example:5671"_s;
        rows[0].exchange = u"cohort.feedback"_s;
        rows[1].standing = items::JobStanding::Interrupted;
        session.jobs.setJobs(rows);
        for (const QSize& size : {QSize(1180, 760), QSize(900, 600)}) {
            MainWindow window(session);
            window.resize(size);
            window.show();
            QTest::qWait(300);
            auto* page = window.findChild<JobsPage*>();
            for (const int row : {1, 0, 4, 0, 1, 2}) {
                session.jobs.select(rows[static_cast<std::size_t>(row)].id);
                for (auto* grid : page->findChildren<FactGrid*>())
                    for (auto* text : grid->findChildren<QLabel*>())
                        QVERIFY2(text->height() >= text->heightForWidth(text->width()), qPrintable(text->text()));
            }
        }
    }

    void theNameOfAJobStandsAtTheTopOfANarrowContract() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.resize(window.minimumSize());
        window.show();
        auto* page = window.findChild<JobsPage*>();
        for (const items::JobRow& job : {sample::jobs()[0], sample::jobs()[4], sample::jobs()[0]}) {
            session.jobs.select(job.id);
            QTest::qWait(20);
            int names = 0;
            for (auto* text : page->findChildren<QLabel*>())
                if (text->isVisible() && text->text() == job.name) {
                    ++names;
                    QVERIFY(text->height() <= text->heightForWidth(text->width()) + 4);
                }
            QCOMPARE(names, 1);
        }
    }

    void nothingOfAReceiptIsCutInTheSmallestWindow() {
        views::Session session;
        sample::fill(session);
        MainWindow window(session);
        window.resize(window.minimumSize());
        window.show();
        sample::startRun(session);
        session.run.finish(sample::receipt());
        auto* page = window.findChild<RunPage*>();
        QTRY_VERIFY_WITH_TIMEOUT(page->isVisible(), 30'000);
        QTest::qWait(20);
        int digests = 0;
        for (auto* text : page->findChildren<QLabel*>())
            if (text->isVisible() && text->text() == sample::receipt().sha256) {
                ++digests;
                QVERIFY(text->visibleRegion().boundingRect().width() >= text->minimumSizeHint().width());
                QVERIFY(text->width() >= text->fontMetrics().horizontalAdvance(text->text()));
            }
        QCOMPARE(digests, 1);
    }

    void factsThatAreSetAgainKeepTheirLabels() {
        FactGrid grid;
        const auto labels = [&] { return grid.findChildren<QLabel*>(); };
        const auto texts = [&] {
            QStringList all;
            for (auto* label : labels())
                all.append(label->text());
            return all;
        };
        grid.setFacts({{u"a"_s, u"<i>1"_s}, {u"b"_s, u"<i>2</i>"_s, true}});
        const auto before = labels();
        QCOMPARE(texts(), (QStringList{u"<i>1"_s, u"a"_s, u"<i>2</i>"_s, u"b"_s}));
        grid.setFacts({{u"c"_s, u"3"_s}, {u"d"_s, u"<b>4"_s}});
        QCOMPARE(labels(), before);
        QCOMPARE(texts(), (QStringList{u"3"_s, u"c"_s, u"<b>4"_s, u"d"_s}));
        QCOMPARE(before[2]->textFormat(), Qt::PlainText);
        QCOMPARE(before[2]->accessibleName(), u"d: <b>4"_s);
        grid.setFacts({{u"c"_s, u"3"_s}});
        QCOMPARE(labels(), before.mid(0, 2));
    }

    void anEmptyLinePartsParagraphs() {
        QWidget parent;
        const int one = paragraph(u"one"_s, nullptr, &parent)->heightForWidth(200);
        const int two = paragraph(u"one\n\n<b>two"_s, nullptr, &parent)->heightForWidth(200);
        QVERIFY(two > 2 * one);
    }

    void aLabelIsAsHighAsItsWordsWhateverItSaidBefore() {
        QWidget parent;
        auto* text = label(u"short"_s, nullptr, &parent);
        const int one = text->heightForWidth(100);
        QCOMPARE(text->heightForWidth(100), one);
        text->setText(QString(u"long "_s).repeated(60));
        QVERIFY(text->heightForWidth(100) > 4 * one);
        text->setText(u"short"_s);
        QCOMPARE(text->heightForWidth(100), one);
        text->setText(u"a<br>b<br>c"_s);
        QCOMPARE(text->heightForWidth(300), one);
        text->setTextFormat(Qt::RichText);
        QVERIFY(text->heightForWidth(300) > 2 * one);
        const int small = text->heightForWidth(200);
        QFont large = text->font();
        large.setPointSize(large.pointSize() * 3);
        text->setFont(large);
        QVERIFY(text->heightForWidth(200) > small);
    }
};

QTEST_MAIN(ContractTest)
#include "tst_contract.moc"
