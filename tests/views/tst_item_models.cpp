#include "models/items/address_table_model.h"
#include "models/items/file_list_model.h"
#include "models/items/job_filter_model.h"
#include "models/items/preview_table_model.h"
#include "models/items/result_list_model.h"
#include "models/items/result_table_model.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace sealwright::items;
using namespace Qt::StringLiterals;

class ItemModelsTest : public QObject {
    Q_OBJECT
private:
    static JobRow job(const QString& name, JobStanding standing, qint64 time) {
        JobRow row;
        row.id = row.name = name;
        row.platform = u"Cohort Platform"_s;
        row.standing = standing;
        row.expires = row.changed = time;
        return row;
    }
    static QStringList names(const QAbstractItemModel& model) {
        QStringList found;
        for (int row = 0; row < model.rowCount(); ++row)
            found.append(model.index(row, 0).data().toString());
        return found;
    }

private Q_SLOTS:
    void jobsAreSearchedFilteredAndSorted() {
        JobListModel jobs;
        JobFilterModel shown;
        QAbstractItemModelTester a(&jobs), b(&shown);
        shown.follow(jobs);
        jobs.setRows({job(u"old"_s, JobStanding::Done, 10), job(u"late"_s, JobStanding::WaitingForYou, 200),
                      job(u"soon"_s, JobStanding::WaitingForYou, 100), job(u"newer"_s, JobStanding::Done, 20)});
        QCOMPARE(names(shown), (QStringList{u"soon"_s, u"late"_s, u"newer"_s, u"old"_s}));
        QCOMPARE(jobs.waiting(), 2);
        shown.setShow(JobFilterModel::Show::Finished);
        QCOMPARE(names(shown), (QStringList{u"newer"_s, u"old"_s}));
        shown.setShow(JobFilterModel::Show::All);
        shown.setSearch(u" LATE "_s);
        QCOMPARE(names(shown), QStringList{u"late"_s});
        shown.setSearch(u"cohort"_s);
        QCOMPARE(shown.rowCount(), 4);
        jobs.update(job(u"old"_s, JobStanding::Failed, 50));
        QCOMPARE(names(shown), (QStringList{u"soon"_s, u"late"_s, u"old"_s, u"newer"_s}));
        jobs.update(job(u"soon"_s, JobStanding::Declined, 300));
        QCOMPARE(names(shown).first(), u"late"_s);
        QCOMPARE(jobs.waiting(), 1);
        jobs.update(job(u"old"_s, JobStanding::Interrupted, 50));
        shown.setSearch({});
        shown.setShow(JobFilterModel::Show::Open);
        QCOMPARE(names(shown), (QStringList{u"late"_s, u"old"_s}));
    }

    void columnsOfOneNameAreCalledByTheirPaths() {
        PreviewTableModel table;
        table.setRows({u"$.type"_s, u"resource.type"_s, u"resource.id"_s}, {});
        const auto heading = [&](int column, int role = Qt::DisplayRole) {
            return table.headerData(column, Qt::Horizontal, role).toString();
        };
        QCOMPARE(heading(0), u"$.type"_s);
        QCOMPARE(heading(1), u"resource.type"_s);
        QCOMPARE(heading(2), u"id"_s);
        table.setRows({u"<b>"_s}, {});
        QVERIFY(heading(0, Qt::ToolTipRole).contains(u"&lt;b&gt;"_s));
    }

    void filesComeChangeAndGo() {
        FileListModel files;
        QAbstractItemModelTester tester(&files);
        FileRow row;
        row.name = u"a"_s;
        const int first = files.add(row), second = files.add(row);
        QVERIFY(first != second);
        FileRow changed = *files.find(first);
        changed.stage = FileRow::Stage::Done;
        files.update(changed);
        QVERIFY(files.find(first)->stage == FileRow::Stage::Done);
        files.remove(first);
        QCOMPARE(files.rowCount(), 1);
        files.update(changed);
        QCOMPARE(files.rowCount(), 1);
        QVERIFY(!files.find(first));
    }

    void previewKeepsItsColumnsWhileOnlyValuesChange() {
        PreviewTableModel preview;
        QAbstractItemModelTester tester(&preview);
        QSignalSpy reset(&preview, &QAbstractItemModel::modelReset);
        preview.setRows({u"a"_s, u"b"_s}, {{{u"1"_s, true, false}, {u"2"_s, true, false}}});
        preview.setRows({u"a"_s, u"b"_s}, {{{u"3"_s, true, false}}});
        QCOMPARE(reset.count(), 1);
        QCOMPARE(preview.index(0, 0).data().toString(), u"3"_s);
        QVERIFY(!preview.index(0, 1).data(PreviewTableModel::PresentRole).toBool());
        preview.setStates({FieldState::Readable});
        QVERIFY(!preview.index(0, 1).data(PreviewTableModel::StateRole).isValid());
    }

    void resultPagesAreFetchedWhenSeenAndForgotten() {
        ResultTableModel table;
        QAbstractItemModelTester tester(&table);
        QSignalSpy wanted(&table, &ResultTableModel::pageWanted);
        table.open({u"a"_s}, 5000);
        wanted.clear();
        QVERIFY(!table.index(450, 0).data().isValid());
        QVERIFY(!table.index(451, 0).data().isValid());
        QTRY_VERIFY_WITH_TIMEOUT(wanted.count() >= 1, 30'000);
        QCOMPARE(wanted.last().at(0).toULongLong(), quint64(400));
        const int asked = static_cast<int>(wanted.count());
        ResultRows rows;
        for (int i = 0; i < table.pageRows(); ++i)
            rows.push_back({{QString::number(400 + i), ResultCell::State::Value}});
        table.setPage(400, rows);
        QCOMPARE(table.index(450, 0).data().toString(), u"450"_s);
        QCOMPARE(wanted.count(), asked);
        for (int page = 5; page < 20; ++page)
            (void)table.index(page * table.pageRows(), 0).data();
        QVERIFY(!table.index(450, 0).data().isValid());
        table.setPage(123, rows);
        table.close();
        QCOMPARE(table.rowCount(), 0);
    }

    void pagesOfAWideResultAreShorter() {
        const auto rowsOf = [](int columns) {
            ResultTableModel table;
            table.open(QStringList(columns, u"a"_s), 5000);
            return table.pageRows();
        };
        QCOMPARE(rowsOf(1), 200);
        QCOMPARE(rowsOf(100), 200);
        QCOMPARE(rowsOf(200), 100);
        QCOMPARE(rowsOf(1000), 20);
        QCOMPARE(rowsOf(100'000), 20); // fewer, and the pages kept would not fill a screen
    }

    void aHugeResultStaysWithinWhatAViewCanShow() {
        ResultTableModel table;
        table.open({u"a"_s}, quint64(1) << 40);
        QVERIFY(table.rowCount() > 10'000'000);
        QCOMPARE(table.records(), quint64(1) << 40);
    }

    void resultsAreNewestFirstAndSeen() {
        ResultListModel results;
        QAbstractItemModelTester tester(&results);
        results.setRows({{u"1"_s, u"old"_s, 1, false}, {u"2"_s, u"new"_s, 2, false}});
        QCOMPARE(names(results), (QStringList{u"new"_s, u"old"_s}));
        results.markSeen(u"2"_s);
        QCOMPARE(results.unseen(), 1);
    }

    void addressesHaveTheirColumns() {
        AddressTableModel addresses;
        QAbstractItemModelTester tester(&addresses);
        addresses.setHeadings({u"name"_s, u"fingerprint"_s, u"known since"_s, u"from"_s});
        AddressRow row;
        row.name = u"Registry team"_s;
        row.since = 1000;
        addresses.setRows({row});
        QCOMPARE(addresses.index(0, 0).data().toString(), u"Registry team"_s);
        QCOMPARE(addresses.index(0, AddressTableModel::Since).data().toDateTime().toSecsSinceEpoch(), qint64(1000));
        QCOMPARE(addresses.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), u"from"_s);
    }
};

QTEST_GUILESS_MAIN(ItemModelsTest)
#include "tst_item_models.moc"
