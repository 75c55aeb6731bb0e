#include "models/pipeline/row_set.h"

#include <QTest>
#include <random>
#include <set>

using sealwright::pipeline::RowSet;

class RowSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ascending() {
        RowSet set;
        for (std::uint64_t row = 5; row < 500'000; ++row)
            QVERIFY(set.insert(row));
        for (const std::uint64_t row : {std::uint64_t(5), std::uint64_t(100'000), std::uint64_t(499'999)})
            QVERIFY(!set.insert(row));
        QVERIFY(set.insert(4));
        QVERIFY(!set.insert(4));
        QVERIFY(set.insert(500'001));
        QVERIFY(set.insert(500'000)); // closes the gap
        QVERIFY(!set.insert(500'001));
        QVERIFY(set.insert(500'002));
    }

    /// Any order, dense enough that pages turn into bits and fill up, and sparse all over 2^48.
    void anyOrder() {
        std::mt19937_64 random(1);
        RowSet set;
        std::set<std::uint64_t> expected;
        for (int i = 0; i < 100'000; ++i) {
            const std::uint64_t row = i % 10 == 0 ? random() >> 16 : random() % 100'000;
            QCOMPARE(set.insert(row), expected.insert(row).second);
        }
        for (std::uint64_t row = 0; row < 140'000; ++row)
            QCOMPARE(set.insert(row), expected.insert(row).second);
        for (const std::uint64_t row : expected)
            QVERIFY(!set.insert(row));
    }
};

QTEST_GUILESS_MAIN(RowSets)
#include "tst_row_set.moc"
