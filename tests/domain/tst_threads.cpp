#include "models/domain/threads.h"

#include <QtTest>

#include <atomic>

using namespace sealwright;

class TestThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachRunsOnce() {
        std::atomic<unsigned> sum{0};
        auto threads = startThreads(4, [&sum](unsigned i) { sum += 1u << i; });
        QCOMPARE(threads.size(), std::size_t{4});
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(sum.load(), 15u);
    }

    /// A system that gives only so many is not to be had on demand.
    void asManyAsThereAre() {
        for (const unsigned most : {0u, 2u}) {
            std::atomic<unsigned> sum{0};
            unsigned made = 0;
            auto threads = startThreads(
                4, [&sum](unsigned i) { sum += 1u << i; },
                [&](auto run) {
                    if (made++ == most)
                        throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
                    return std::thread(std::move(run));
                });
            QCOMPARE(threads.size(), std::size_t{most});
            for (auto& thread : threads)
                thread.join();
            QCOMPARE(sum.load(), (1u << most) - 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestThreads)
#include "tst_threads.moc"
