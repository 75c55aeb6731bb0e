#include "models/pipeline/ordered_run.h"

#include <QTest>
#include <atomic>
#include <functional>
#include <future>
#include <random>
#include <thread>

using namespace sealwright;
using namespace sealwright::pipeline;

namespace {

/// Items carry their number; workers take their time, so that they end in any order.
class CountingPass : public Pass {
public:
    explicit CountingPass(int items) : m_items(items) {}

    Outcome<bool> read(Item& item) override {
        if (readFailsAt == m_read)
            return fail(Failure(Code::DataNotReadable));
        if (m_read == m_items)
            return false;
        item.chunk.firstRow = static_cast<std::uint64_t>(m_read++);
        onRead(++reads);
        return true;
    }

    Outcome<void> work(unsigned, Item& item, Output& out) override {
        const int number = static_cast<int>(item.chunk.firstRow);
        std::this_thread::sleep_for(std::chrono::microseconds((number * 7919) % 300));
        if (number == workFailsAt || number == workFailsAlsoAt)
            return fail(Failure(Code::ValueNotForFpe, {std::to_string(number)}));
        for (int i = 0; i < pieces; ++i) {
            out.text.append(bytesAPiece, static_cast<char>('a' + number % 26));
            if (!out.relieve())
                return fail(Failure(Code::Cancelled));
        }
        return {};
    }

    Outcome<void> deliver(std::string_view text, Item* done) override {
        if (deliverFailsAt == delivered)
            return fail(Failure(Code::FileNoSpace));
        bytes += text.size();
        largest = std::max(largest, text.size());
        for (const char c : text)
            inOrder = inOrder && c == 'a' + delivered % 26;
        if (done != nullptr) {
            inOrder = inOrder && done->chunk.firstRow == static_cast<std::uint64_t>(delivered);
            ++delivered;
        }
        if (cancelAt == delivered)
            cancel.cancel();
        return {};
    }

    int readFailsAt = -1, workFailsAt = -1, workFailsAlsoAt = -1, deliverFailsAt = -1, cancelAt = -1;
    int pieces = 1;
    std::size_t bytesAPiece = 3;
    int delivered = 0;
    std::size_t bytes = 0, largest = 0;
    bool inOrder = true;
    std::atomic<int> reads = 0;
    std::function<void(int)> onRead = [](int) {};
    Cancel cancel;

private:
    int m_items, m_read = 0;
};

/// Chunks of 1,000 bytes and now and then a long one; counts what is held from its reading on until it is delivered.
class HoldingPass final : public Pass {
public:
    static constexpr int items = 120;

    Outcome<bool> read(Item& item) override {
        if (m_read == items)
            return false;
        item.chunk.firstRow = static_cast<std::uint64_t>(m_read);
        item.chunk.bytes.assign(isLong(m_read) ? longest : 1000, 'x');
        ++m_read;
        const std::size_t held = m_held += item.chunk.bytes.size();
        mostHeld = std::max(mostHeld, held);
        return true;
    }

    Outcome<void> work(unsigned, Item& item, Output& out) override {
        ++m_working;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (isLong(static_cast<int>(item.chunk.firstRow)) && m_working != 1)
            longAlone = false;
        --m_working;
        out.text = "x";
        return {};
    }

    Outcome<void> deliver(std::string_view, Item* done) override {
        if (done != nullptr) {
            m_held -= done->chunk.bytes.size();
            ++delivered;
        }
        return {};
    }

    std::size_t longest = 0, mostHeld = 0;
    std::atomic<bool> longAlone = true;
    int delivered = 0;
    Cancel cancel;

private:
    static bool isLong(int number) { return number % 40 == 39; }
    std::atomic<std::size_t> m_held = 0;
    std::atomic<int> m_working = 0;
    int m_read = 0;
};

} // namespace

class OrderedRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inOrder_data() { threads(); }
    void inOrder() {
        CountingPass pass(500);
        QVERIFY(runOrdered(pass, count(), Budget(), pass.cancel).ok());
        QCOMPARE(pass.delivered, 500);
        QVERIFY(pass.inOrder);
        QCOMPARE(pass.bytes, std::size_t(1500));
    }

    /// The pass turns the switch itself, at its tenth reading; what others had begun is finished, and no more is read.
    void whilePausedNothingNewIsRead_data() { threads(); }
    void whilePausedNothingNewIsRead() {
        for (const bool cancelled : {false, true}) {
            CountingPass pass(500);
            Pause pause;
            pass.onRead = [&pause](int number) {
                if (number == 10)
                    pause.pause();
            };
            auto run =
                std::async(std::launch::async, [&] { return runOrdered(pass, count(), Budget(), pass.cancel, pause); });
            QVERIFY(run.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
            QCOMPARE(pass.reads.load(), 10);
            if (cancelled)
                pass.cancel.cancel();
            else
                pause.goOn();
            QVERIFY(run.wait_for(std::chrono::minutes(1)) == std::future_status::ready);
            const auto done = run.get();
            QCOMPARE(done.ok(), !cancelled);
            QVERIFY(cancelled ? pass.delivered <= 10 : pass.delivered == 500);
            QVERIFY(pass.inOrder);
        }
    }

    void nothingToDo_data() { threads(); }
    void nothingToDo() {
        CountingPass pass(0);
        QVERIFY(runOrdered(pass, count(), Budget(), pass.cancel).ok());
        QCOMPARE(pass.delivered, 0);
    }

    void firstFailureInOrderWins_data() { threads(); }
    void firstFailureInOrderWins() {
        for (int round = 0; round < 20; ++round) {
            CountingPass pass(300);
            pass.workFailsAt = 100 + round;
            pass.workFailsAlsoAt = pass.workFailsAt + 1; // often met earlier in time
            const auto done = runOrdered(pass, count(), Budget(), pass.cancel);
            QVERIFY(!done.ok());
            QCOMPARE(done.error().facts.at(0), std::to_string(pass.workFailsAt));
            QCOMPARE(pass.delivered, pass.workFailsAt); // all before it was delivered
        }
    }

    void readFailureComesInOrder_data() { threads(); }
    void readFailureComesInOrder() {
        CountingPass pass(300);
        pass.readFailsAt = 50;
        auto done = runOrdered(pass, count(), Budget(), pass.cancel);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, Code::DataNotReadable);
        QCOMPARE(pass.delivered, 50);

        CountingPass both(300);
        both.readFailsAt = 50;
        both.workFailsAt = 49;
        done = runOrdered(both, count(), Budget(), both.cancel);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, Code::ValueNotForFpe);
    }

    void deliveryFailureStopsAll_data() { threads(); }
    void deliveryFailureStopsAll() {
        CountingPass pass(300);
        pass.deliverFailsAt = 20;
        const auto done = runOrdered(pass, count(), Budget(), pass.cancel);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, Code::FileNoSpace);
        QCOMPARE(pass.delivered, 20);
    }

    void cancelled_data() { threads(); }
    void cancelled() {
        CountingPass pass(1'000'000);
        pass.cancelAt = 10;
        const auto done = runOrdered(pass, count(), Budget(), pass.cancel);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, Code::Cancelled);
        QVERIFY(pass.delivered < 1000);
    }

    /// A swelling text is handed over in pieces; what is in memory at a time does not grow with it.
    void largeTextsInPieces_data() { threads(); }
    void largeTextsInPieces() {
        CountingPass pass(12);
        pass.pieces = 64;
        pass.bytesAPiece = 256u << 10;
        QVERIFY(runOrdered(pass, count(), Budget(), pass.cancel).ok());
        QVERIFY(pass.inOrder);
        QCOMPARE(pass.bytes, std::size_t(12) * (16u << 20));
        QVERIFY(pass.largest <= Budget::mostPiece + pass.bytesAPiece);
    }

    /// A worker that waits for its turn to hand over ends when another fails.
    void waitingWorkersEnd_data() { threads(); }
    void waitingWorkersEnd() {
        CountingPass pass(30);
        pass.pieces = 40;
        pass.bytesAPiece = 256u << 10;
        pass.deliverFailsAt = 2;
        QVERIFY(!runOrdered(pass, count(), Budget(), pass.cancel).ok());
        CountingPass failing(30);
        failing.pieces = 40;
        failing.bytesAPiece = 256u << 10;
        failing.workFailsAt = 3;
        QVERIFY(!runOrdered(failing, count(), Budget(), failing.cancel).ok());
    }

    /// However many threads there are, what they hold together is the budget's; a longer chunk is worked on alone.
    void withinTheBudget_data() { threads(); }
    void withinTheBudget() {
        Budget budget;
        budget.block = 1000;
        budget.atWork = 8000;
        HoldingPass pass;
        pass.longest = 20'000;
        QVERIFY(runOrdered(pass, count(), budget, pass.cancel).ok());
        QCOMPARE(pass.delivered, HoldingPass::items);
        QVERIFY(pass.mostHeld <= budget.atWork + pass.longest);
        QVERIFY(pass.longAlone);
        if (count() > 1)
            QVERIFY(pass.mostHeld > pass.longest); // short ones are held side by side
    }

    /// Where a worker costs too much some end, and the rest do all.
    void workersThatGo_data() { threads(); }
    void workersThatGo() {
        class Narrowing final : public CountingPass {
        public:
            Narrowing() : CountingPass(200) {}
            Outcome<void> work(unsigned worker, Item& item, Output& out) override {
                if (item.chunk.firstRow == 100)
                    m_useful = 1;
                else if (m_useful == 1 && worker != 0)
                    ++late;
                return CountingPass::work(worker, item, out);
            }
            unsigned usefulWorkers() const override { return m_useful; }
            std::atomic<int> late = 0;

        private:
            std::atomic<unsigned> m_useful = 8;
        };
        Narrowing pass;
        QVERIFY(runOrdered(pass, count(), Budget(), pass.cancel).ok());
        QCOMPARE(pass.delivered, 200);
        QVERIFY(pass.inOrder);
        QVERIFY(pass.late < int(count())); // no more than what was read before
    }

    void sharesDoNotGrowWithThreads() {
        for (const unsigned n : {1u, 2u, 8u, 32u, 256u}) {
            const Budget budget = Budget::of(n);
            QVERIFY(Budget::slots(n) * (2 * budget.block + budget.piece) <= Budget::whole);
            QVERIFY(budget.block >= 16u << 10);
        }
        QCOMPARE(Budget::of(2).block, Budget::mostBlock);
        QCOMPARE(Budget::of(2).piece, std::size_t(64u << 20) / 5 / 4);
    }

private:
    static void threads() {
        QTest::addColumn<unsigned>("count");
        for (const unsigned n : {1u, 2u, 3u, 8u})
            QTest::newRow(std::to_string(n).c_str()) << n;
    }
    static unsigned count() { return *static_cast<unsigned*>(QTest::qData("count", qMetaTypeId<unsigned>())); }
};

QTEST_GUILESS_MAIN(OrderedRun)
#include "tst_ordered_run.moc"
