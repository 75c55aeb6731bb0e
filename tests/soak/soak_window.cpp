#include "tests/soak/soak_support.h"
#include "tests/window/registered_window.h"
#include "ui/common/theme.h"
#include "ui/shell/main_window.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTimer>
#include <QtTest>

#include <cstdio>
#include <ctime>

using namespace sealwright;
using namespace sealwright::soak;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000;
constexpr qint64 mostPause = 100; ///< ms in which the window may not answer: twice the aim, for machines are shared
constexpr double mostWork = 50;   ///< ms that the window may be at work without looking for what its owner does

/// What the calling thread has worked so far, in milliseconds: others on the same machine do not count.
double worked() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The longest time, in milliseconds, in which the GUI thread did not get to its event loop, by the clock and as work
/// of its own.
class Heartbeat {
public:
    Heartbeat() {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, m_since.restart());
            m_hardest = std::max(m_hardest, worked() - m_worked);
            m_worked = worked();
        });
    }
    void start() {
        m_longest = 0;
        m_hardest = 0;
        m_since.start();
        m_worked = worked();
        m_timer.start();
    }
    qint64 longest() const { return m_longest; }
    double hardest() const { return m_hardest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
    double m_hardest = 0, m_worked = 0;
};

double residentMebibytes() {
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

} // namespace

/// The window with a thousand jobs in its list: it stays smooth, and looking again and again does not make it grow.
class SoakWindow : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::RegisteredWindow> m_given;
    views::Session* m_session = nullptr; ///< of that
    std::unique_ptr<ui::MainWindow> m_window;
    const int m_jobs = scaled(1000, 200);

    /// The one that the page in front has.
    template <typename Widget>
    Widget* shown() const {
        for (Widget* widget : m_window->findChildren<Widget*>())
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    bool idle() const {
        return QTest::qWaitFor([this] { return !m_session->jobs.busy(); }, patience);
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(test::PlatformProcess::possible(), "./dev soak starts the object store that this needs");
        m_given = std::make_unique<tests::RegisteredWindow>();
        m_session = &m_given->session;
        const QByteArray started = m_given->start({u"--demo"_s});
        QVERIFY2(started.isEmpty(), started);
        ui::Theme::instance().apply(views::Appearance::Light);
        m_window = std::make_unique<ui::MainWindow>(*m_session);
        m_window->resize(1180, 760);
        m_window->show();

        const QByteArray joined = m_given->join();
        QVERIFY2(joined.isEmpty(), joined);
        for (int i = m_session->jobs.jobs()->rowCount(); i < m_jobs; ++i)
            QVERIFY(!orderJob(m_given->platform, m_given->machineId, "Ward list " + std::to_string(i)).empty());
        m_window->go(ui::Place::Jobs);
        QVERIFY(m_given->refresh());
        QVERIFY(m_session->jobs.jobs()->rowCount() >= m_jobs);
    }

    void itStaysSmooth() {
        auto* list = shown<QListView>();
        auto* search = shown<QLineEdit>();
        QVERIFY(list && search);
        Heartbeat heart;
        heart.start();
        for (int round = 0; round < 10; ++round) {
            m_session->jobs.refresh();
            for (int step = 0; step <= 20; ++step) {
                list->verticalScrollBar()->setValue(list->verticalScrollBar()->maximum() * step / 20);
                QTest::qWait(10);
            }
            for (const QString& words : {u"1"_s, u"17"_s, u"ward list 171"_s, u"nothing like it"_s, QString()}) {
                search->setText(words);
                QTest::qWait(20);
            }
            QVERIFY(idle());
        }
        std::printf("%d jobs: the longest pause was %lld ms, the hardest %.1f ms of work\n", m_jobs,
                    static_cast<long long>(heart.longest()), heart.hardest());
        QVERIFY(heart.hardest() <= mostWork);
        QVERIFY(heart.longest() <= mostPause); // it may also wait for a file or a lock
    }

    void lookingAgainDoesNotMakeItGrow() {
        const qint64 whole = scaled<qint64>(600'000, 20'000);
        QElapsedTimer time;
        time.start();
        int looks = 0;
        while (time.elapsed() < whole / 5) { // what is kept for good has been kept by then
            QVERIFY(m_given->refresh());
            ++looks;
        }
        const double before = residentMebibytes();
        while (time.elapsed() < whole) {
            QVERIFY(m_given->refresh());
            ++looks;
        }
        const double after = residentMebibytes();
        std::printf("%d looks: %.1f MiB, then %.1f MiB\n", looks, before, after);
        QVERIFY(after <= before * 1.05 + 2);
    }

    void cleanupTestCase() {
        m_window.reset();
        m_given.reset();
    }
};

QTEST_MAIN(SoakWindow)
#include "soak_window.moc"
