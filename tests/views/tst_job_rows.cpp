#include "models/items/job_filter_model.h"
#include "models/items/row_steps.h"
#include "models/views/jobs_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

using namespace sealwright;
using namespace sealwright::items;
using namespace Qt::StringLiterals;

namespace {

std::vector<QString> ids(const char* letters) {
    std::vector<QString> made;
    for (; *letters; ++letters)
        made.push_back(QString(QLatin1Char(*letters)));
    return made;
}

/// The list after those steps, as a model would take them.
std::vector<QString> after(std::vector<QString> rows, const std::vector<RowStep>& steps,
                           const std::vector<QString>& wanted) {
    for (const RowStep& step : steps) {
        const auto at = rows.begin() + step.at;
        if (step.kind == RowStep::Kind::Remove) {
            rows.erase(at, at + step.count);
        } else if (step.kind == RowStep::Kind::Insert) {
            rows.insert(at, wanted.begin() + step.at, wanted.begin() + step.at + step.count);
        } else {
            const QString row = *at;
            rows.erase(at);
            rows.insert(rows.begin() + (step.to > step.at ? step.to - 1 : step.to), row);
        }
    }
    return rows;
}

std::vector<JobRow> jobs(int count) {
    std::vector<JobRow> rows;
    for (int i = 0; i < count; ++i) {
        JobRow row;
        row.id = QString::number(i);
        row.name = u"Ward list %1"_s.arg(i, 5, 10, QLatin1Char('0'));
        row.platform = u"Cohort Platform"_s;
        row.expires = row.changed = 2'000'000'000 + i;
        rows.push_back(row);
    }
    return rows;
}

/// Everything that a model says of its rows, as rows touched.
struct Touched {
    explicit Touched(const QAbstractItemModel& model)
        : changed(&model, &QAbstractItemModel::dataChanged),
          inserted(&model, &QAbstractItemModel::rowsInserted),
          removed(&model, &QAbstractItemModel::rowsRemoved),
          moved(&model, &QAbstractItemModel::rowsMoved),
          reset(&model, &QAbstractItemModel::modelReset) {}
    int rowsChanged() const {
        int rows = 0;
        for (const auto& signal : changed)
            rows += signal[1].toModelIndex().row() - signal[0].toModelIndex().row() + 1;
        return rows;
    }
    bool nothing() const { return steps() == 0 && changed.isEmpty() && reset.isEmpty(); }
    int steps() const { return static_cast<int>(inserted.count() + removed.count() + moved.count()); }
    QSignalSpy changed, inserted, removed, moved, reset;
};

} // namespace

/// How much of a list of jobs is touched when it is listed again. Counted, for the window's smoothness rests on it.
class JobRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsAreAsFewAsCanBe_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("steps");
        QTest::newRow("the same") << QByteArray("abcdef") << QByteArray("abcdef") << 0;
        QTest::newRow("none") << QByteArray() << QByteArray() << 0;
        QTest::newRow("first") << QByteArray() << QByteArray("abc") << 1;
        QTest::newRow("all gone") << QByteArray("abc") << QByteArray() << 1;
        QTest::newRow("one new in front") << QByteArray("bcd") << QByteArray("abcd") << 1;
        QTest::newRow("first goes last") << QByteArray("abcdef") << QByteArray("bcdefa") << 1;
        QTest::newRow("last goes first") << QByteArray("abcdef") << QByteArray("fabcde") << 1;
        QTest::newRow("two ranges go") << QByteArray("abcdef") << QByteArray("ade") << 2;
        QTest::newRow("one of each") << QByteArray("abcdef") << QByteArray("bcfdx") << 4;
        QTest::newRow("two change places") << QByteArray("abcd") << QByteArray("acbd") << 1;
    }
    void stepsAreAsFewAsCanBe() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, steps);
        const auto rows = ids(from.constData()), wanted = ids(to.constData());
        const auto found = rowSteps(rows, wanted, 16);
        QVERIFY(found);
        QCOMPARE(static_cast<int>(found->size()), steps);
        QVERIFY(after(rows, *found, wanted) == wanted);
    }

    void anyListBecomesAnyOther() {
        std::mt19937 random(1);
        for (int round = 0; round < 2000; ++round) {
            auto from = ids("abcdefghijklmnop"), to = ids("abcdefghijklmnop");
            for (auto* list : {&from, &to}) {
                std::shuffle(list->begin(), list->end(), random);
                list->resize(random() % list->size());
            }
            const auto found = rowSteps(from, to, 100);
            QVERIFY(found);
            QVERIFY(after(from, *found, to) == to);
        }
    }

    void tooManyStepsOrAnIdThatStandsTwiceAreNone() {
        QVERIFY(!rowSteps(ids("abcdef"), ids("fedcba"), 4));
        QVERIFY(rowSteps(ids("abcdef"), ids("fedcba"), 5));
        QVERIFY(!rowSteps(ids("aceg"), ids("abcdefg"), 2));
        QVERIFY(!rowSteps(ids("abcdefg"), ids("aceg"), 2));
        QVERIFY(!rowSteps(ids("aba"), ids("ab"), 9));
        QVERIFY(!rowSteps(ids("ab"), ids("aba"), 9));
    }

    void whatIsListedAgainUnchangedTouchesNoRow() {
        views::JobsView view;
        QAbstractItemModelTester a(view.jobs()), b(view.shown());
        view.setJobs(jobs(5000));
        const Touched all(*view.jobs()), shown(*view.shown());
        view.setJobs(jobs(5000));
        QVERIFY(all.nothing());
        QVERIFY(shown.nothing());
    }

    void oneThatChangedIsTheOneThatIsTouched() {
        views::JobsView view;
        QAbstractItemModelTester a(view.jobs()), b(view.shown());
        view.setJobs(jobs(5000));
        const Touched shown(*view.shown());
        auto rows = jobs(5000);
        rows[4000].purpose = u"another"_s;
        view.setJobs(rows);
        QCOMPARE(shown.rowsChanged(), 1);
        QCOMPARE(shown.steps(), 0);
        QCOMPARE(shown.changed[0][0].toModelIndex().row(), 4000);

        rows[17].standing = JobStanding::Done; // goes to the end, behind what waits
        view.setJobs(rows);
        QCOMPARE(shown.steps(), 1);
        QCOMPARE(shown.moved.count(), 1);
        QCOMPARE(shown.rowsChanged(), 2);
        QCOMPARE(view.shown()->rows().back().id, u"17"_s);

        rows.erase(rows.begin() + 5);
        JobRow fresh = rows[0];
        fresh.id = u"new"_s;
        rows.push_back(fresh);
        view.setJobs(rows);
        QCOMPARE(shown.removed.count(), 1);
        QCOMPARE(shown.inserted.count(), 1);
        QCOMPARE(shown.reset.count(), 0);
        rows[1].standing = JobStanding::Failed;
        view.update(rows[1]);
        QCOMPARE(shown.reset.count(), 0);
        QCOMPARE(shown.rowsChanged(), 3);
    }

    void whatIsAllAnotherIsSetAtOnce() {
        views::JobsView view;
        view.setJobs(jobs(1000));
        const Touched shown(*view.shown());
        view.search(u"7"_s); // 271 of them, here and there
        QCOMPARE(view.shown()->rowCount(), 271);
        QCOMPARE(shown.reset.count(), 1);
        QCOMPARE(shown.steps(), 0);
        view.search(u" LIST 00777 "_s);
        QCOMPARE(view.shown()->rowCount(), 1);
    }

    void rowsThatGoByThemselvesChooseNoOther() {
        views::JobsView view;
        view.setJobs(jobs(4));
        view.select(u"2"_s);
        // As a list does that loses its current row.
        connect(view.shown(), &QAbstractItemModel::rowsAboutToBeRemoved, &view, [&] { view.select(u"3"_s); });
        view.search(u"00003"_s);
        QCOMPARE(view.shown()->rowCount(), 1);
        QCOMPARE(view.current()->id, u"2"_s);
        view.select(u"3"_s);
        QCOMPARE(view.current()->id, u"3"_s);
    }

    void rowsPutInOrderBeforehandStandAsTheyAreShown() {
        auto rows = jobs(50);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].standing = i % 3 == 0   ? JobStanding::Done
                               : i % 3 == 1 ? JobStanding::WaitingForYou
                                            : JobStanding::Running;
            rows[i].expires = rows[i].changed = static_cast<qint64>(i % 4);
        }
        views::JobsView view;
        view.setJobs(rows);
        JobFilterModel::putInOrder(rows);
        QVERIFY(rows == view.shown()->rows());
    }
};

QTEST_GUILESS_MAIN(JobRowsTest)
#include "tst_job_rows.moc"
