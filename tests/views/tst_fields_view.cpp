#include "models/views/fields_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sealwright;
using namespace sealwright::items;
using namespace Qt::StringLiterals;

class FieldsViewTest : public QObject {
    Q_OBJECT
private:
    static views::FieldsJob job() {
        views::FieldsJob made;
        made.id = u"j"_s;
        FieldRule name;
        name.path = "person.name";
        name.action = Action::Encrypt;
        FieldRule card;
        card.path = "card";
        card.action = Action::Mask;
        card.keepSuffix = 4;
        made.policy.fields = {name, card};
        return made;
    }
    static void answer(views::FieldsView& view) {
        const PreviewCell cell{u"4111"_s, true, false};
        view.setPreview(view.generation(), {u"id"_s, u"person.name"_s, u"card"_s}, {{cell, cell, cell}},
                        {{{u"sw1g.1.AAAAAAAAAAAAAAAA"_s, true, false}, cell, cell}});
    }

private Q_SLOTS:
    void startsWithTheJobsActionsAndEverythingElseSealed() {
        views::FieldsView view;
        QAbstractItemModelTester fields(view.fields()), before(view.before()), after(view.after());
        QSignalSpy wanted(&view, &views::FieldsView::previewWanted);
        view.open(job(), {});
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!view.ready());
        answer(view);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(view.ready());
        const auto& leaves = view.fields()->leaves();
        QVERIFY(leaves[0].choice.state == FieldState::Sealed && !leaves[0].demanded);
        QVERIFY(leaves[1].choice.state == FieldState::Sealed && leaves[1].demanded);
        QVERIFY(leaves[2].choice.state == FieldState::Masked && leaves[2].choice.keepSuffix == 4);
        QVERIFY(view.ownerPolicy().fields.empty());
        QVERIFY(view.ownerPolicy().defaultAction == Action::Encrypt);
        QVERIFY(view.estimatedSize() == 0 || view.source().size > 0);
    }

    void theTreeHasAllFieldsAndTheTablesTheFirstOfThem() {
        views::FieldsView view;
        QAbstractItemModelTester before(view.before()), after(view.after());
        view.open({}, {});
        QStringList paths;
        for (int i = 0; i < 3000; ++i)
            paths.append(u"c"_s + QString::number(i));
        // Fields that the shown records do not have take no cells.
        const PreviewCell cell{u"x"_s, true, false};
        view.setPreview(view.generation(), paths, {{cell, cell}}, {{cell, cell}});
        QCOMPARE(view.fieldCount(), 3000);
        for (auto* table : {view.before(), view.after()}) {
            QCOMPARE(table->columnCount(), 1000);
            QCOMPARE(table->index(0, 1).data().toString(), u"x"_s);
            QVERIFY(!table->index(0, 2).data(PreviewTableModel::PresentRole).toBool());
        }
    }

    void aChoiceAsksForAnotherPreviewAndIsKept() {
        views::FieldsView view;
        view.open(job(), {});
        answer(view);
        QSignalSpy wanted(&view, &views::FieldsView::previewWanted), kept(&view, &views::FieldsView::policyChosen);
        view.fields()->choose({view.fields()->index(0, 0)}, {FieldState::Readable, 0, 0, {}});
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(kept.count(), 1);
        QCOMPARE(view.withState(FieldState::Readable), QStringList{u"id"_s});
        const Policy policy = view.ownerPolicy();
        QCOMPARE(policy.fields.size(), std::size_t(1));
        QCOMPARE(policy.fields[0].path, std::string("id"));
        QVERIFY(policy.fields[0].action == Action::Keep);
    }

    void anOlderAnswerIsDropped() {
        views::FieldsView view;
        view.open(job(), {});
        const quint64 old = view.generation();
        answer(view);
        view.fields()->choose({view.fields()->index(0, 0)}, {FieldState::LeftOut, 0, 0, {}});
        view.setPreview(old, {u"id"_s, u"person.name"_s, u"card"_s}, {{}}, {{{u"old"_s, true, false}}});
        QVERIFY(view.after()->index(0, 0).data().toString() != u"old"_s);
        answer(view);
        QCOMPARE(view.after()->index(0, 0).data(PreviewTableModel::StateRole).toInt(),
                 static_cast<int>(FieldState::LeftOut));
    }

    void whatWasChosenBeforeComesBack() {
        views::FieldsJob again = job();
        again.chosen = Policy{};
        FieldRule kept;
        kept.path = "id";
        kept.action = Action::Keep;
        again.chosen->fields = {kept};
        views::FieldsView view;
        view.open(again, {});
        QVERIFY(view.ownerPolicy() == *again.chosen);
        answer(view);
        QVERIFY(view.fields()->leaves()[0].choice.state == FieldState::Readable);
        QVERIFY(view.ownerPolicy().fields.size() == 1);
    }

    void equalValuesAreNamed() {
        views::FieldsView view;
        view.open(job(), {});
        answer(view);
        view.fields()->choose({view.fields()->index(0, 0)}, {FieldState::Joinable, 0, 0, {}});
        QCOMPARE(view.recognisable(), QStringList{u"id"_s});
        QCOMPARE(view.alphabetFor({0}), u"digits"_s);
    }

    void sizeCountsWhatStandsBetweenTheValuesOnce() {
        views::SourceFacts source;
        source.size = 100'000; // of which the values are a small part
        views::FieldsView view;
        view.open(job(), source);
        const PreviewCell was{u"1234"_s, true, false}, is{u"1234567890"_s, true, false}; // six more
        view.setPreview(view.generation(), {u"id"_s, u"person.name"_s, u"card"_s}, {{was, was, was}}, {{is, is, is}});
        QVERIFY(view.estimatedSize() > 200'000); // nothing better is known
        view.setRecords(100);
        QCOMPARE(view.estimatedSize(), quint64(100'000 + 100 * 18));
    }

    void sizeFollowsThePreview() {
        views::SourceFacts source;
        source.size = 1000;
        views::FieldsView view;
        view.open(job(), source);
        QCOMPARE(view.estimatedSize(), quint64(0));
        answer(view);
        QVERIFY(view.estimatedSize() > 1000);
    }

    void noTimeIsToldBeforeTheRateIsKnown() {
        views::SourceFacts source;
        source.size = 1'000'000;
        views::FieldsView view;
        view.open(job(), source);
        answer(view);
        QVERIFY(!view.estimatedSeconds());
        QSignalSpy changed(&view, &views::PageView::changed);
        view.setRate(static_cast<double>(view.estimatedSize()) / 10);
        QCOMPARE(changed.count(), 1);
        QVERIFY(*view.estimatedSeconds() >= 10 && *view.estimatedSeconds() <= 11);
        view.open(job(), source); // another job on the same machine
        answer(view);
        QVERIFY(view.estimatedSeconds());
    }

    void nothingStartsBeforeThereIsAPreviewOrAfterAFailure() {
        views::FieldsView view;
        QSignalSpy run(&view, &views::FieldsView::runWanted);
        view.open(job(), {});
        view.start(true);
        QCOMPARE(run.count(), 0);
        answer(view);
        view.fail(Failure(Code::DataCsvUnclosedQuote));
        view.start(true);
        QCOMPARE(run.count(), 0);
        view.dismissFailure();
        view.start(true);
        QCOMPARE(run.count(), 1);
        QVERIFY(run.takeFirst().at(0).toBool());
    }
};

QTEST_GUILESS_MAIN(FieldsViewTest)
#include "tst_fields_view.moc"
