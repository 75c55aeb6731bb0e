#include "models/items/field_path.h"
#include "models/items/field_tree_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sealwright::items;
using namespace Qt::StringLiterals;

class FieldTreeTest : public QObject {
    Q_OBJECT
private:
    static FieldLeaf leaf(const QString& path) {
        FieldLeaf made;
        made.path = path;
        return made;
    }
    static FieldLeaf demanded(const QString& path, const FieldChoice& least) {
        FieldLeaf made = leaf(path);
        made.demanded = true;
        made.demand = made.choice = least;
        return made;
    }

private Q_SLOTS:
    void pathsAreTakenApart() {
        QCOMPARE(pathSteps(u"a.b[].c"_s), (QStringList{u"a"_s, u"a.b[]"_s, u"a.b[].c"_s}));
        QCOMPARE(pathSteps(uR"(a\.b.c)"_s), (QStringList{uR"(a\.b)"_s, uR"(a\.b.c)"_s}));
        QCOMPARE(lastName(uR"(a\.b)"_s), u"a.b"_s);
        QCOMPARE(lastName(u"orders[].card"_s), u"card"_s);
        for (const std::string& path : {std::string("Grüße.\xf0\x9f\x99\x82"), std::string("\xef\xbb\xbfid")})
            QCOMPARE(textOf(path).toStdString(), path);
    }

    void flatDataIsAList() {
        FieldTreeModel model;
        QAbstractItemModelTester tester(&model);
        model.setLeaves({leaf(u"id"_s), leaf(uR"(a\.b)"_s)});
        QVERIFY(!model.isNested());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 0).data().toString(), u"a.b"_s);
        QVERIFY(model.index(0, 0).data(FieldTreeModel::LeafRole).toBool());
    }

    void containersShowWhatIsBelow() {
        FieldTreeModel model;
        QAbstractItemModelTester tester(&model);
        model.setLeaves({leaf(u"id"_s), leaf(u"person.name"_s), leaf(u"person.iban"_s)});
        QVERIFY(model.isNested());
        const QModelIndex person = model.index(1, 0);
        QCOMPARE(model.rowCount(person), 2);
        QCOMPARE(person.data(FieldTreeModel::StateRole).toInt(), static_cast<int>(FieldState::Sealed));
        QCOMPARE(person.data(FieldTreeModel::LeavesRole).toInt(), 2);

        QCOMPARE(model.choose({model.index(0, 0, person)}, {FieldState::LeftOut, 0, 0, {}}), 1);
        QCOMPARE(person.data(FieldTreeModel::StateRole).toInt(), -1);
        QCOMPARE(model.choose({person}, {FieldState::LeftOut, 0, 0, {}}), 1);
        QCOMPARE(person.data(FieldTreeModel::StateRole).toInt(), static_cast<int>(FieldState::LeftOut));
    }

    void severalChangeAtOnceAndAreToldOnce() {
        FieldTreeModel model;
        model.setLeaves({leaf(u"a"_s), leaf(u"b"_s), leaf(u"c"_s)});
        QSignalSpy told(&model, &FieldTreeModel::choicesChanged);
        QCOMPARE(model.choose({model.index(0, 0), model.index(2, 0)}, {FieldState::Readable, 0, 0, {}}), 2);
        QCOMPARE(told.count(), 1);
        QCOMPARE(model.choose({model.index(0, 0)}, {FieldState::Readable, 0, 0, {}}), 0);
        QCOMPARE(told.count(), 1);
        QVERIFY(model.leaves()[1].choice.state == FieldState::Sealed);
    }

    void whatTheJobDemandsCanOnlyBeStrengthened_data() {
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("wish");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, FieldState least, FieldState wish, bool allowed) {
            QTest::newRow(name) << static_cast<int>(least) << static_cast<int>(wish) << allowed;
        };
        row("sealed to readable", FieldState::Sealed, FieldState::Readable, false);
        row("sealed to joinable", FieldState::Sealed, FieldState::Joinable, false);
        row("sealed to left out", FieldState::Sealed, FieldState::LeftOut, true);
        row("joinable to pseudonym", FieldState::Joinable, FieldState::Pseudonym, true);
        row("joinable to masked", FieldState::Joinable, FieldState::Masked, false);
        row("masked to sealed", FieldState::Masked, FieldState::Sealed, true);
        row("readable to masked", FieldState::Readable, FieldState::Masked, true);
    }
    void whatTheJobDemandsCanOnlyBeStrengthened() {
        QFETCH(int, least);
        QFETCH(int, wish);
        QFETCH(bool, allowed);
        FieldTreeModel model;
        FieldChoice demand;
        demand.state = static_cast<FieldState>(least);
        FieldChoice choice;
        choice.state = static_cast<FieldState>(wish);
        model.setLeaves({demanded(u"x"_s, demand)});
        QCOMPARE(model.allows({model.index(0, 0)}, choice), allowed);
        QCOMPARE(model.choose({model.index(0, 0)}, choice), allowed ? 1 : 0);
    }

    void aMaskThatKeepsMoreIsWeaker() {
        FieldTreeModel model;
        model.setLeaves({demanded(u"card"_s, {FieldState::Masked, 0, 4, {}})});
        QVERIFY(model.allows({model.index(0, 0)}, {FieldState::Masked, 0, 0, {}}));
        QVERIFY(!model.allows({model.index(0, 0)}, {FieldState::Masked, 2, 4, {}}));
    }

    void sameFormNeedsAnAlphabet() {
        FieldTreeModel model;
        model.setLeaves({leaf(u"x"_s)});
        QVERIFY(!model.allows({model.index(0, 0)}, {FieldState::SameForm, 0, 0, {}}));
        QVERIFY(model.allows({model.index(0, 0)}, {FieldState::SameForm, 0, 0, u"digits"_s}));
    }

    void theNarrowestAlphabetIsFound() {
        QCOMPARE(alphabetFor({u"4111 1111"_s, u"5500-0000"_s}), u"digits"_s);
        QCOMPARE(alphabetFor({u"DE89 3704"_s}), u"alnum-upper"_s);
        QCOMPARE(alphabetFor({u"ABC"_s}), u"upper"_s);
        QCOMPARE(alphabetFor({u"abc"_s}), u"lower"_s);
        QCOMPARE(alphabetFor({u"0af3"_s}), u"hex-lower"_s);
        QCOMPARE(alphabetFor({u"xyz9"_s}), u"alnum"_s);
        QCOMPARE(alphabetFor({u"Ä"_s}), QString());
        QCOMPARE(alphabetFor({}), QString());
    }
};

QTEST_GUILESS_MAIN(FieldTreeTest)
#include "tst_field_tree_model.moc"
