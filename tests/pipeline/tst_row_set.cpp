#include "models/pipeline/row_set.h"

#include "tests/support/peak_memory.h"

#include <QTest>
#include <random>
#include <set>

#include <stdexcept>

using sealwright::pipeline::RowSet;

namespace {

constexpr std::uint64_t many = 500'000;
constexpr std::uint64_t far = std::uint64_t{1} << 27; ///< even the shuffled ones stay below 2^48

/// Each row in a page of its own or, of `clustered`, a few in one; then all of them once more.
void insertAll(const std::function<std::uint64_t(std::uint64_t)>& rowOf) {
    RowSet set;
    for (const bool isNew : {true, false})
        for (std::uint64_t i = 0; i < many; ++i)
            if (set.insert(rowOf(i)) != isNew)
                throw std::runtime_error("a row that is not known, or taken for another");
}

const std::map<std::string, std::function<std::uint64_t(std::uint64_t)>>& orders() {
    static const std::map<std::string, std::function<std::uint64_t(std::uint64_t)>> all{
        {"ascending", [](std::uint64_t i) { return i * far; }},
        {"descending", [](std::uint64_t i) { return (many - i) * far; }},
        // An odd factor changes the order and meets no row twice.
        {"shuffled", [](std::uint64_t i) { return (i * 2'654'435'761u & 0x1fffff) * far + i % 7; }},
        {"clustered", [](std::uint64_t i) { return (many - i) / 256 * far + i % 256 * 16; }},
        {"just-dense", [](std::uint64_t i) { return i / 4096 * far + i % 4096 * 16; }},
    };
    return all;
}

} // namespace

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

    /// As hostile as they may be, far apart in any order, rows take no more than this beside the program.
    void rowsFarApartTakeFewBytes_data() {
        QTest::addColumn<QString>("order");
        for (const auto& [name, rowOf] : orders())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void rowsFarApartTakeFewBytes() {
        QFETCH(QString, order);
        NEED_TRUE_PEAKS();
        const auto nothing = sealwright::tests::runAlone("nothing");
        const auto ended = sealwright::tests::runAlone(order.toStdString());
        QVERIFY2(nothing.well && ended.well, (nothing.said + ended.said).c_str());
        const auto taken = ended.peak - std::min(ended.peak, nothing.peak);
        QVERIFY2(taken <= 12 * many, std::to_string(taken).c_str());
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

int main(int argc, char* argv[]) {
    if (argc == 3 && argv[1] == sealwright::tests::aloneWord)
        return sealwright::tests::sayPeak([&] {
            if (const auto found = orders().find(argv[2]); found != orders().end())
                insertAll(found->second);
        });
    RowSets tests;
    return QTest::qExec(&tests, argc, argv);
}
#include "tst_row_set.moc"
