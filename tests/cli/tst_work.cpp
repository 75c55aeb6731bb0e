#include "tests/cli/platform_given.h"
#include "tests/support/not_tried.h"
#include "tests/support/signals.h"

#include <QStandardPaths>
#include <QtTest>

#include <sys/socket.h>
#include <sys/un.h>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

constexpr int patience = 120'000;

} // namespace

/// `jobs work` against the reference platform and a real object store. The tests build on each other, in this order.
class WorkTest : public QObject, private GivenPlatform {
    Q_OBJECT

    QString health() const { return m_machine->path(text("health.json")); }
    QJsonObject healthLine() const { return QJsonDocument::fromJson(contentsOf(health())).object(); }
    QString workState() const { return healthLine()[text("state")].toString(); }

    QString order(const char* object = "sources/patients.csv") const {
        return place({{}, "Ordered by a test", test::storedSource(object)});
    }
    /// As the platform has it.
    QString stateThere(const QString& id) const {
        const auto events = m_platform->admin("GET", "/admin/jobs/" + id.toStdString() + "/events");
        return events ? QString::fromStdString(*events->find("state")->string()) : QString();
    }
    void startWorker(QProcess& worker, const QStringList& more = {}) const {
        QFile::remove(health());
        m_machine->start(worker, QStringList{text("jobs"), text("work"), text("--interval"), text("1"),
                                             text("--health"), health(), text("--json")} +
                                     more);
    }
    Said stop(QProcess& worker) const {
        (void)test::sendSignal(worker.processId(), SIGTERM); // one that has ended is told by its status
        return m_machine->finish(worker);
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("unattended work");
        begin({text("--demo")});
    }

    void withoutARegistrationThereIsNoWork() {
        const Said said = m_machine->run({text("jobs"), text("work")});
        QCOMPARE(said.code(), text("registration.missing"));
        QCOMPARE(said.status, 6);
    }

    void onceTakesWhatIsThereAndLeavesWhatNeedsAPerson() {
        registerMachine();
        // Of the demonstration's three jobs two have their data in the store; the third asks for a file.
        const Said said = m_machine->run({text("jobs"), text("work"), text("--once")});
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("done")].toInt(), 2);
        QCOMPARE(said.json()[text("left")].toInt(), 1);
        QCOMPARE(said.json()[text("failed")].toInt(), 0);
        QCOMPARE(said.json()[text("state")].toString(), text("ended"));
    }

    void atMostSoManyJobs() {
        const QStringList ids{order(), order()};
        const Said said = m_machine->run({text("jobs"), text("work"), text("--max"), text("1")});
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(stateThere(ids[0]), text("done")); // oldest first
        QCOMPARE(stateThere(ids[1]), text("pending"));
        QCOMPARE(m_machine->run({text("jobs"), text("work"), text("--max"), text("0")}).status, 2);
    }

    void threeJobsAreTakenAsTheyCome() {
        QProcess worker;
        startWorker(worker);
        for (int i = 0; i < 3; ++i) {
            const QString id = order();
            QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("done"), patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(workState(), text("idle"), patience);
        const QJsonObject line = healthLine();
        QCOMPARE(line[text("done")].toInt(), 4); // one was there before
        QCOMPARE(line[text("left")].toInt(), 1);
        QCOMPARE(line[text("pid")].toInteger(), worker.processId());
        QVERIFY(QDateTime::fromString(line[text("at")].toString(), Qt::ISODate).isValid());
        QVERIFY(QDateTime::fromString(line[text("next")].toString(), Qt::ISODate).isValid());
        QCOMPARE(contentsOf(health()).count('\n'), 1);

        // Another one on the same profile is refused, at once, and disturbs nothing.
        const Said second = m_machine->run({text("jobs"), text("work")});
        QCOMPARE(second.code(), text("work.already-running"));
        QCOMPARE(second.status, 6);

        const Said said = stop(worker);
        QCOMPARE(said.status, 0);
        QCOMPARE(said.json()[text("done")].toInt(), 4);
        QCOMPARE(workState(), text("ended"));
        for (const QByteArray& one : said.err.split('\n'))
            QVERIFY2(one.isEmpty() || QJsonDocument::fromJson(one).isObject(), one);
        const auto listed = m_machine->run({text("jobs"), text("list"), text("--state"), text("declined")});
        QVERIFY(listed.json()[text("jobs")].toArray().isEmpty());
    }

    void whatIsStoppedOnTheWayIsGivenBackAndTakenUpByTheNext() {
        // What one job seals is the next one's source: large enough to be stopped in the middle.
        QByteArray big = "name,ward\n";
        while (big.size() < 6'000'000)
            big += "Somebody " + QByteArray::number(big.size()) + ",3\n";
        QVERIFY(writeFile(m_machine->work(text("big.csv")), big));
        const QString firstId = place({{}, "Large"});
        const Said made = m_machine->run({text("jobs"), text("run"), firstId, text("--input"), text("big.csv")});
        QVERIFY2(made.status == 0, made.out + made.err);

        const QString id = order(made.json()[text("object")].toString().toUtf8().constData());
        QProcess worker;
        startWorker(worker, {text("--limit-rate"), text("1M")}); // not over too soon
        QVERIFY(CliMachine::progressUntil(worker, "seal").contains(id.toUtf8()));
        QCOMPARE(workState(), text("working"));
        QCOMPARE(healthLine()[text("job")].toString(), id);
        const Said said = stop(worker);
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("done")].toInt(), 0);
        QCOMPARE(stateThere(id), text("returned"));

        QProcess next;
        startWorker(next, {text("--max"), text("1")});
        const Said again = m_machine->finish(next);
        QVERIFY2(again.status == 0, again.out + again.err);
        QCOMPARE(stateThere(id), text("done"));
        QVERIFY(m_machine->leaks("Somebody 1", {m_machine->work(text("big.csv"))}).isEmpty());
    }

    void severalRunSideBySideAndAStopGivesAllBack() {
        const QStringList ids{order(), order(), order(), order()};
        QProcess worker;
        startWorker(worker, {text("--jobs"), text("3"), text("--limit-rate"), text("1K")}); // none of them ends soon
        QTRY_COMPARE_WITH_TIMEOUT(healthLine()[text("running")].toInt(), 3, patience);
        QCOMPARE(workState(), text("working"));
        QStringList running;
        for (const auto& one : healthLine()[text("jobs")].toArray())
            running << one.toString();
        QCOMPARE(running, ids.mid(0, 3)); // oldest first
        for (const QString& id : running)
            QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("running"), patience);
        const Said said = stop(worker);
        QCOMPARE(said.status, 0);
        QCOMPARE(said.json()[text("done")].toInt(), 0);
        QCOMPARE(said.json()[text("running")].toInt(), 0);
        for (const QString& id : running)
            QCOMPARE(stateThere(id), text("returned"));
        QCOMPARE(stateThere(ids[3]), text("pending"));

        QProcess next;
        startWorker(next, {text("--jobs"), text("3"), text("--max"), text("4")});
        const Said all = m_machine->finish(next);
        QVERIFY2(all.status == 0, all.out + all.err);
        QCOMPARE(all.json()[text("done")].toInt(), 4);
        for (const QString& id : ids) {
            QCOMPARE(stateThere(id), text("done"));
            QVERIFY2(all.err.contains("\"job\":\"" + id.toUtf8() + "\""), all.err); // its own progress
        }
        for (const char* wrong : {"0", "9", "two"})
            QCOMPARE(m_machine->run({text("jobs"), text("work"), text("--jobs"), text(wrong)}).status, 2);
    }

    /// As Ctrl+Z and fg do, in the middle of a job.
    void aWorkerThatIsStoppedAndContinuedEndsWell() {
        const QString id = order();
        QProcess worker;
        startWorker(worker, {text("--limit-rate"), text("32K")});
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("running"), patience);
        QVERIFY(test::sendSignal(worker.processId(), SIGSTOP));
        QTest::qWait(1500);
        QVERIFY(test::sendSignal(worker.processId(), SIGCONT));
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("done"), patience);
        QCOMPARE(stop(worker).status, 0);
    }

    void whatAKilledOneLeftIsTakenUpByTheNext() {
        const QString id = order();
        // Its claim is taken, and gets no answer for a while.
        QVERIFY(m_platform->fault("/v1/jobs/" + id.toStdString() + "/events", 503, 2, true, 5));
        QProcess worker;
        startWorker(worker);
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("claimed"), patience);
        worker.kill();
        worker.waitForFinished();
        QProcess next;
        startWorker(next);
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("done"), patience);
        QCOMPARE(stop(next).status, 0);
    }

    void aPlatformThatGoesAndComesBack() {
        QProcess worker;
        startWorker(worker);
        QTRY_COMPARE_WITH_TIMEOUT(workState(), text("idle"), patience);
        m_platform->stop();
        QTRY_COMPARE_WITH_TIMEOUT(workState(), text("away"), patience);
        QCOMPARE(healthLine()[text("trouble")].toString(), text("network.unreachable"));
        QVERIFY(m_platform->startAgain());
        const QString id = order();
        QTRY_COMPARE_WITH_TIMEOUT(stateThere(id), text("done"), patience);
        QCOMPARE(stop(worker).status, 0);
    }

    void theServiceManagerIsTold() {
        // A datagram socket as systemd has it.
        const QByteArray path = QFile::encodeName(m_machine->path(text("notify")));
        const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        QVERIFY(path.size() < qsizetype(sizeof address.sun_path));
        std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
        QCOMPARE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        QProcess worker;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(text("NOTIFY_SOCKET"), QFile::decodeName(path));
        worker.setProcessEnvironment(environment);
        startWorker(worker);
        QTRY_COMPARE_WITH_TIMEOUT(workState(), text("idle"), patience);
        QCOMPARE(stop(worker).status, 0);
        QByteArrayList messages;
        char buffer[4096];
        for (ssize_t n; (n = ::recv(fd, buffer, sizeof buffer, 0)) > 0;)
            messages << QByteArray(buffer, static_cast<qsizetype>(n));
        ::close(fd);
        QVERIFY(messages.size() >= 2);
        QVERIFY2(messages.first().startsWith("READY=1\nSTATUS=waiting for jobs; 0 done"), messages.first());
        QVERIFY2(messages.last().startsWith("STOPPING=1\n"), messages.last());
        QCOMPARE(messages.join().count("READY=1"), 1);
    }

    void aRevokedMachineStopsAndSaysWhy() {
        QProcess worker;
        startWorker(worker);
        QTRY_COMPARE_WITH_TIMEOUT(workState(), text("idle"), patience);
        QVERIFY(m_platform->admin("POST", "/admin/machines/" + m_machineId + "/revoke").has_value());
        const QString id = order();
        const Said said = m_machine->finish(worker);
        QCOMPARE(said.code(), text("machine.revoked"));
        QCOMPARE(said.status, 6);
        QCOMPARE(workState(), text("ended"));
        QCOMPARE(healthLine()[text("trouble")].toString(), text("machine.revoked"));
        QCOMPARE(stateThere(id), text("pending"));
    }

    void theUnitFileIsOneThatSystemdReads() {
        const QString analyze = QStandardPaths::findExecutable(text("systemd-analyze"));
        if (analyze.isEmpty())
            NOT_TRIED("no systemd-analyze here: the unit file was NOT read by systemd");
        // As it is installed, with a program that is there, and a runtime folder as a session has one.
        QByteArray unit = contentsOf(text(SEALWRIGHT_SOURCE_DIR "/resources/systemd/sealwright-work.service"));
        QVERIFY(unit.contains("ExecStart=sealwright-cli jobs work --health "));
        unit.replace("ExecStart=sealwright-cli", "ExecStart=" + CliMachine::program().toUtf8());
        const QString file = m_machine->work(text("sealwright-work.service"));
        QVERIFY(writeFile(file, unit));
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(text("XDG_RUNTIME_DIR"), m_machine->work());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(analyze, {text("--user"), text("verify"), file});
        QVERIFY(process.waitForFinished(patience));
        const QByteArray said = process.readAll();
        QVERIFY2(process.exitCode() == 0 && !said.contains("sealwright-work.service:"), said);
    }
};

QTEST_GUILESS_MAIN(WorkTest)
#include "tst_work.moc"
