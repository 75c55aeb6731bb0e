#include "tests/cli/platform_given.h"
#include "tests/cli/small_disk.h"
#include "tests/support/not_tried.h"
#include "tests/support/signals.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// Jobs that are sealed and sent in one go: the program, the reference platform and a real object store.
class StraightTest : public QObject, private GivenPlatform {
    Q_OBJECT

    QByteArray m_source;

    QString input() const { return m_machine->work(text("people.csv")); }
    /// A job for that file; its id.
    QString order(const char* name) const {
        return place({{}, name, test::localSource(), test::policyFor("name", "encrypt")});
    }
    /// What the platform gives back of the job of that name, opened.
    QByteArray restored(const QString& name) const {
        for (const auto& one : run({text("results"), text("list")}).json()[text("results")].toArray()) {
            const QJsonObject result = one.toObject();
            if (result[text("name")].toString() != name)
                continue;
            const Said got = run({text("results"), text("get"), result[text("id")].toString(), text("--out"), name});
            const QByteArray bytes = contentsOf(m_machine->work(got.json()[text("file")].toString()));
            QDir(m_machine->work(name)).removeRecursively();
            return bytes;
        }
        return {};
    }

    /// A job whose data lies in the store; its id.
    QString orderObject() const {
        const auto made =
            m_platform->admin("POST", "/admin/jobs",
                              crypto::JsonObject{{"machine_id", m_machineId},
                                                 {"name", "in the store"},
                                                 {"policy", crypto::JsonObject{{"version", 1}}},
                                                 {"source", crypto::JsonObject{{"kind", "object"},
                                                                               {"bucket", "cohort"},
                                                                               {"object", "sources/patients.csv"},
                                                                               {"media_type", "text/csv"}}},
                                                 {"bucket", "cohort"},
                                                 {"prefix", "loader/straight/"}});
        return made ? QString::fromStdString(*made->find("job_id")->string()) : QString();
    }
    /// With a temporary folder that holds 8 MiB. Nothing where this system does not allow that.
    std::optional<Said> runWithoutRoom(const QStringList& arguments) const {
        return runOnSmallDisk(*m_machine, m_machine->path(text("profile/spool")), text("8m"), arguments);
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("straight through");
        begin({text("--demo")});
        registerMachine();
        m_source = "name,ward\n";
        while (m_source.size() < 12'000'000)
            m_source += QByteArray(canary) + QByteArray::number(m_source.size()) + ",3\n";
        QVERIFY(writeFile(input(), m_source));
    }

    void asTheOwnerSays() {
        const QString id = order("wished");
        const Said said = run({text("jobs"), text("run"), id, text("--input"), input(), text("--straight-through")});
        QVERIFY2(said.status == 0, said.out + said.err);
        QVERIFY2(!said.err.contains("straight-through"), said.err); // nobody is told what he has just said
        QCOMPARE(said.json()[text("compared")].toInteger(), said.json()[text("values")].toInteger());
        QVERIFY(restored(text("wished")) == m_source);
    }

    void withDataInTheStore() {
        const QJsonArray jobs =
            run({text("jobs"), text("list"), text("--state"), text("pending")}).json()[text("jobs")].toArray();
        int ran = 0;
        for (const auto& job : jobs) {
            const QString id = job.toObject()[text("id")].toString(), name = job.toObject()[text("name")].toString();
            if (name != text("Patient register, June") && name != text("Laboratory values"))
                continue;
            const Said said = run({text("jobs"), text("run"), id, text("--straight-through")});
            QVERIFY2(said.status == 0, said.out + said.err);
            const char* file = name == text("Laboratory values") ? "laboratory.json" : "patients.csv";
            QVERIFY(restored(name) == contentsOf(text(SEALWRIGHT_SOURCE_DIR "/resources/sample/") + text(file)));
            ++ran;
        }
        QCOMPARE(ran, 2);
    }

    /// A disk that cannot hold the sealed file.
    void aDiskWithoutRoomIsNoObstacle() {
        const QString id = order("no room");
        const auto said = runWithoutRoom({text("jobs"), text("run"), id, text("--input"), input(), text("--json")});
        if (!said)
            NOT_TRIED("this system lets nobody mount a small file system: a disk without room was NOT tried");
        QVERIFY2(said->status == 0, said->out + said->err);
        QVERIFY2(said->err.contains("\"straight-through\""), said->err); // the owner is told
        QVERIFY(restored(text("no room")) == m_source);
    }

    /// Of several jobs side by side each is told by its name, to people and to scripts.
    void aWorkerSaysWhichJobLacksRoom() {
        for (const bool json : {true, false}) {
            const QStringList ids{orderObject(), orderObject()};
            const auto said =
                runWithoutRoom(QStringList{text("jobs"), text("work"), text("--once"), text("--jobs"), text("2")} +
                               QStringList(json ? 1 : 0, text("--json")));
            if (!said)
                NOT_TRIED("this system lets nobody mount a small file system: a disk without room was NOT tried");
            QVERIFY2(said->status == 0, said->out + said->err);
            for (const QString& id : ids) {
                const QByteArray expected =
                    json ? "\"job\":\"" + id.toUtf8() + "\"" : "Job " + id.toUtf8() + ": the sealed";
                const QByteArrayList lines = said->err.split('\n');
                const auto told = std::count_if(lines.begin(), lines.end(), [&](const QByteArray& line) {
                    return line.contains(json ? "\"straight-through\"" : "has to begin") && line.contains(expected);
                });
                QVERIFY2(told == 1, said->err);
            }
        }
    }

    void interruptedItIsGivenBackAndCanBeginAgain() {
        const QString id = order("interrupted");
        QProcess process;
        m_machine->start(process, {text("jobs"), text("run"), id, text("--input"), input(), text("--straight-through"),
                                   text("--limit-rate"), text("1M"), text("--json")}); // not over too soon
        (void)CliMachine::progressUntil(process, "seal");
        QVERIFY(test::sendSignal(process.processId(), SIGINT));
        const Said said = m_machine->finish(process);
        QCOMPARE(said.code(), text("cancelled"));
        const QJsonObject job = run({text("jobs"), text("show"), id}).json();
        QCOMPARE(job[text("state")].toString(), text("returned"));
        QVERIFY(!job[text("interrupted")].toBool());
        const Said again = run({text("jobs"), text("run"), id, text("--input"), input()});
        QVERIFY2(again.status == 0, again.out + again.err);
        QVERIFY(!again.json()[text("resumed")].toBool());
        QVERIFY(restored(text("interrupted")) == m_source);
    }

    void noPlaintextIsLeftBehind() { QCOMPARE(m_machine->leaks(canary, {input()}), QStringList()); }
};

QTEST_GUILESS_MAIN(StraightTest)
#include "tst_straight.moc"
