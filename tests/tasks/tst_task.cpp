#include "models/tasks/task.h"

#include <QPointer>
#include <QSignalSpy>
#include <QtTest>

#include <future>

using namespace sealwright;

class TaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesItsResultOnceOnTheThreadThatMadeIt() {
        std::unique_ptr<TaskOf<int>> task(startTask<int>(nullptr, [](TaskContext&) { return Outcome<int>(7); }));
        int ends = 0;
        connect(task.get(), &Task::ended, this, [&] {
            ++ends;
            QCOMPARE(QThread::currentThread(), thread());
        });
        QVERIFY(task->running());
        QTRY_COMPARE_WITH_TIMEOUT(ends, 1, 30'000);
        QTest::qWait(50);
        QCOMPARE(ends, 1);
        QVERIFY(!task->running());
        QVERIFY(!task->failure());
        QCOMPARE(task->result(), 7);
    }

    void givesItsFailure() {
        std::unique_ptr<TaskOf<int>> task(
            startTask<int>(nullptr, [](TaskContext&) { return Outcome<int>(fail(Code::KeyMissing)); }));
        QSignalSpy ended(task.get(), &Task::ended);
        QVERIFY(ended.wait(30'000));
        QVERIFY(task->failure());
        QVERIFY(task->failure()->code == Code::KeyMissing);
    }

    void isCancelled() {
        std::unique_ptr<TaskOf<int>> task(startTask<int>(nullptr, [](TaskContext& context) -> Outcome<int> {
            while (!context.cancel.cancelled())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return fail(Code::Cancelled);
        }));
        QSignalSpy ended(task.get(), &Task::ended);
        task->cancel();
        QVERIFY(ended.wait(30'000));
        QCOMPARE(ended.count(), 1);
        QVERIFY(task->failure()->code == Code::Cancelled);
    }

    void whatItCallsIsToldToStopWithoutBeingHandedTheSwitch() {
        std::unique_ptr<TaskOf<bool>> task(startTask<bool>(nullptr, [](TaskContext&) -> Outcome<bool> {
            const Cancel mine = Cancel::current();
            while (!mine.cancelled())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return true;
        }));
        QSignalSpy ended(task.get(), &Task::ended);
        task->cancel();
        QVERIFY(ended.wait(30'000));
        QVERIFY(task->result());
    }

    void theLastProgressArrivesBeforeTheEndAndNotEveryOne() {
        std::unique_ptr<TaskOf<int>> task(startTask<int>(nullptr, [](TaskContext& context) -> Outcome<int> {
            for (std::uint64_t done = 1; done <= 100'000; ++done)
                context.progress({Step::Seal, done, 100'000, 0, 0, 0});
            return 0;
        }));
        int told = 0, toldAtEnd = 0;
        TaskProgress last;
        connect(task.get(), &Task::progressed, this, [&](const TaskProgress& progress) {
            QVERIFY(progress.done >= last.done);
            ++told;
            last = progress;
        });
        connect(task.get(), &Task::ended, this, [&] { toldAtEnd = told; });
        QSignalSpy ended(task.get(), &Task::ended);
        QVERIFY(ended.wait(30'000));
        QTest::qWait(50);
        QCOMPARE(told, toldAtEnd);
        QCOMPARE(last.done, std::uint64_t{100'000});
        QVERIFY(last.step == Step::Seal);
        QCOMPARE(task->lastProgress().done, std::uint64_t{100'000});
        QVERIFY(told < 1000);
    }

    void deletedWhileItRunsItStopsItsWorkAndSaysNothingMore() {
        std::promise<void> begun;
        std::atomic<bool> stopped{false};
        int heard = 0;
        auto* task = startTask<std::string>(nullptr, [&](TaskContext& context) -> Outcome<std::string> {
            begun.set_value();
            while (!context.cancel.cancelled())
                context.progress({Step::Read, 1, 2, 0, 0, 0});
            stopped = true;
            return std::string(1000, 'x');
        });
        connect(task, &Task::progressed, this, [&] { ++heard; });
        connect(task, &Task::ended, this, [&] { ++heard; });
        begun.get_future().wait();
        delete task;
        QVERIFY(stopped);
        QTest::qWait(50);
        QCOMPARE(heard, 0);
    }

    void mayBeDeletedByWhoeverHearsOfIt_data() {
        QTest::addColumn<bool>("atProgress");
        QTest::newRow("of its progress") << true;
        QTest::newRow("of its end") << false;
    }

    void mayBeDeletedByWhoeverHearsOfIt() {
        QFETCH(bool, atProgress);
        QPointer<Task> task = startTask<int>(nullptr, [](TaskContext&) { return Outcome<int>(1); });
        const auto drop = [&] { delete task.data(); };
        if (atProgress)
            connect(task.data(), &Task::progressed, this, drop);
        else
            connect(task.data(), &Task::ended, this, drop);
        QTRY_VERIFY_WITH_TIMEOUT(task.isNull(), 30'000);
    }

    void goesWithItsParent() {
        auto parent = std::make_unique<QObject>();
        QPointer<Task> task = startTask<int>(parent.get(), [](TaskContext& context) -> Outcome<int> {
            while (!context.cancel.cancelled())
                std::this_thread::yield();
            return fail(Code::Cancelled);
        });
        parent.reset();
        QVERIFY(task.isNull());
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "tst_task.moc"
