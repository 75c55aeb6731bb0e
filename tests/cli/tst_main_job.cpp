#include "tests/cli/platform_given.h"
#include "tests/support/signals.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// The main job as a script sees it: program against program. The tests build on each other, in this order.
class MainJobTest : public QObject, private GivenPlatform {
    Q_OBJECT

    QHash<QString, QString> m_ids; ///< of the demonstration's jobs, by name

    /// A job of our own; its id.
    QString orderJob(crypto::Json feedback = crypto::JsonObject{{"kind", "rest"}}) const {
        test::JobOrder order;
        order.policy = test::policyFor("name", "deterministic");
        order.more = {{"feedback", std::move(feedback)}};
        return place(std::move(order));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the main job");
        begin({text("--demo")});
    }

    void beforeItIsRegisteredThereAreNoJobs() {
        const Said said = run({text("jobs"), text("list")});
        QCOMPARE(said.code(), text("registration.missing"));
        QCOMPARE(said.status, 6);
    }

    void aBadInvitationIsRefused() {
        const Said said = run({text("register"), text("--invite"), text("-")}, "{\"format\": \"something\"}");
        QCOMPARE(said.code(), text("invitation.invalid"));
        QCOMPARE(said.status, 5);
    }

    void registers() {
        const Said said = run({text("register"), text("--invite"), text("-"), text("--name"), text("Ward 3")},
                              QByteArray::fromStdString(m_platform->invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("platform")].toString().toStdString(), m_platform->url());
        QVERIFY(said.json()[text("keys_made")].toBool());
        m_machineId = said.json()[text("machine_id")].toString().toStdString();
        QVERIFY(!m_machineId.empty());
        const Said again =
            run({text("register"), text("--invite"), text("-")}, QByteArray::fromStdString(m_platform->invitation()));
        QCOMPARE(again.code(), text("registration.exists"));
        QCOMPARE(again.status, 7);
    }

    void listsAndShowsItsJobs() {
        const Said said = run({text("jobs"), text("list"), text("--state"), text("pending")});
        QVERIFY2(said.status == 0, said.out + said.err);
        const QJsonArray jobs = said.json()[text("jobs")].toArray();
        for (const auto& job : jobs) {
            const QString id = job.toObject()[text("id")].toString();
            const Said shown = run({text("jobs"), text("show"), id});
            QVERIFY2(shown.status == 0, shown.out + shown.err);
            QCOMPARE(shown.json()[text("state")].toString(), text("pending"));
            m_ids[shown.json()[text("name")].toString()] = id;
        }
        QCOMPARE(m_ids.size(), 3);
        QVERIFY(m_ids.contains(text("Patient register, June")));
        const Said plain = m_machine->say({text("jobs"), text("list")});
        QCOMPARE(plain.status, 0);
        QVERIFY(plain.out.contains("Laboratory values"));
        const Said unknown = run({text("jobs"), text("show"), text("0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01")});
        QCOMPARE(unknown.status, 6);
    }

    void aJobThatNeedsAFileSaysSo() {
        const Said said = run({text("jobs"), text("run"), m_ids[text("Ward list of your choice")]});
        QCOMPARE(said.code(), text("job.needs-input"));
        QCOMPARE(said.status, 2);
        QCOMPARE(stateOf(m_ids[text("Ward list of your choice")]), text("pending"));
    }

    void aJobWithDataOfItsOwnTakesNoFile() {
        const QString id = m_ids[text("Laboratory values")];
        for (const QString& input : {sample("ward-list.csv"), text("-")}) {
            const Said said = run({text("jobs"), text("run"), id, text("--input"), input}, "name\nOtto\n");
            QCOMPARE(said.code(), text("usage.wrong"));
            QCOMPARE(said.status, 2);
            QCOMPARE(stateOf(id), text("pending"));
        }
    }

    void aFileThatIsNotThereIsAFailureOfTheRun() {
        const QString id = orderJob();
        const Said said = run({text("jobs"), text("run"), id, text("--input"), text("/nowhere/at/all.csv")});
        QCOMPARE(said.code(), text("file.not-found"));
        QCOMPARE(said.status, 8);
        QCOMPARE(stateOf(id), text("failed"));
    }

    void allThreeJobsRun_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("local");
        QTest::newRow("csv from the store") << text("Patient register, June") << false;
        QTest::newRow("json from the store") << text("Laboratory values") << false;
        QTest::newRow("a file of the owner's") << text("Ward list of your choice") << true;
    }

    void allThreeJobsRun() {
        QFETCH(QString, name);
        QFETCH(bool, local);
        QStringList arguments{text("jobs"), text("run"), m_ids[name]};
        if (local)
            arguments << text("--input") << sample("ward-list.csv");
        const Said said = run(arguments);
        QVERIFY2(said.status == 0, said.out + said.err);
        const QJsonObject receipt = said.json();
        QCOMPARE(receipt[text("job_id")].toString(), m_ids[name]);
        QVERIFY(receipt[text("values")].toInteger() > 0);
        QCOMPARE(receipt[text("compared")].toInteger(), receipt[text("values")].toInteger());
        QCOMPARE(receipt[text("can_open")].toArray().size(), 2);
        QCOMPARE(stateOf(m_ids[name]), text("done"));
        // Progress is one JSON object a line.
        for (const QByteArray& line : said.err.split('\n'))
            QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line);
        const Said again = run(arguments);
        QCOMPARE(again.code(), text("job.replayed"));
        QCOMPARE(again.status, 5);
    }

    void theResultsAreTheSourcesByteForByte() {
        const Said listed = run({text("results"), text("list")});
        QVERIFY2(listed.status == 0, listed.out + listed.err);
        const QJsonArray results = listed.json()[text("results")].toArray();
        QCOMPARE(results.size(), 3);
        QStringList sources{sample("patients.csv"), sample("laboratory.json"), sample("ward-list.csv")};
        for (const auto& result : results) {
            const QString id = result.toObject()[text("id")].toString();
            const QStringList get{text("results"), text("get"), id, text("--out"), text("back")};
            const Said said = run(get);
            QVERIFY2(said.status == 0, said.out + said.err);
            QVERIFY(said.json()[text("byte_exact")].toBool());
            const QByteArray restored = contentsOf(m_machine->work(said.json()[text("file")].toString()));
            const auto source = std::find_if(sources.begin(), sources.end(),
                                             [&](const QString& one) { return contentsOf(one) == restored; });
            QVERIFY2(source != sources.end(), restored.left(200));
            sources.erase(source);

            const Said again = run(get);
            QCOMPARE(again.code(), text("file.exists"));
            QCOMPARE(again.status, 8);
            QCOMPARE(run(get + QStringList{text("--force")}).status, 0);

            const Said sealed =
                run({text("results"), text("get"), id, text("--out"), text("sealed"), text("--sealed")});
            QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
            const Said verified = run({text("verify"), sealed.json()[text("file")].toString()});
            QVERIFY2(verified.status == 0, verified.out + verified.err);
            QVERIFY(verified.json()[text("opened")].toBool());
        }
        QCOMPARE(QDir(m_machine->work(text("sealed"))).entryList(QDir::Files).size(), 9);
    }

    void aJobIsDeclined() {
        const QString id = orderJob();
        const Said without = run({text("jobs"), text("decline"), id});
        QCOMPARE(without.status, 2);
        const Said said = run({text("jobs"), text("decline"), id, text("--reason-file"), text("-")}, "Not ours.\n");
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(stateOf(id), text("declined"));
        const auto events = m_platform->admin("GET", "/admin/jobs/" + id.toStdString() + "/events");
        QVERIFY(events && crypto::writeControlJson(*events).find("\"Not ours.\"") != std::string::npos);
        const Said run_ = run({text("jobs"), text("run"), id, text("--input"), sample("ward-list.csv")});
        QCOMPARE(run_.code(), text("job.replayed"));
        QCOMPARE(run_.status, 5);
    }

    void aWeakerPolicyIsRefused() {
        const QString id = orderJob();
        QVERIFY(writeFile(m_machine->work(text("weak.json")),
                          R"({"version":1,"fields":[{"path":"name","action":"keep"}]})"));
        QVERIFY(writeFile(m_machine->work(text("people.csv")), QByteArray("name,ward\n") + canary + ",3\n"));
        const Said said = run(
            {text("jobs"), text("run"), id, text("--input"), text("people.csv"), text("--policy"), text("weak.json")});
        QCOMPARE(said.code(), text("policy.weaker-than-job"));
        QCOMPARE(said.status, 7);
        QVERIFY(!said.out.contains(canary) && !said.err.contains(canary));
        QCOMPARE(stateOf(id), text("failed"));
        // The same job, without it.
        const Said run_ = run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QVERIFY2(run_.status == 0, run_.out + run_.err);
    }

    void aJobFromStandardInputAndAFile() {
        const QString id = orderJob();
        const Said said = run({text("jobs"), text("run"), id, text("--input"), text("-")},
                              QByteArray("name,ward\n") + canary + ",3\n");
        QVERIFY2(said.status == 0, said.out + said.err);
    }

    void aBrokerThatIsNoneStartsNothing() {
        // A listed host, or it would be refused for that: the object store, which speaks no AMQP.
        const QByteArray store = qgetenv("SEALWRIGHT_S3_ENDPOINT").mid(7);
        const QString id = orderJob(crypto::JsonObject{
            {"kind", "amqp"}, {"url", ("amqp://" + store).toStdString()}, {"exchange", "e"}, {"routing_key", "k"}});
        QVERIFY(!id.isEmpty());
        const Said said = run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QVERIFY2(said.code().startsWith(text("broker.")), said.out); // it hangs up, or waits for more, as it likes
        QCOMPARE(said.status, 6);
        QCOMPARE(stateOf(id), text("pending"));
    }

    void theWrongPassphraseIsToldApart() {
        const QString right = m_machine->path(text("passphrase"));
        const QByteArray words = contentsOf(right);
        QVERIFY(writeFile(right, "wrong\n"));
        const Said said = run({text("jobs"), text("run"), orderJob(), text("--input"), text("people.csv")});
        QVERIFY(writeFile(right, words));
        QCOMPARE(said.code(), text("key.passphrase-wrong"));
        QCOMPARE(said.status, 4);
    }

    void anInterruptedRunIsReturned() {
        const QString id = orderJob();
        QByteArray big = "name,ward\n";
        while (big.size() < 60'000'000)
            big += QByteArray(canary) + QByteArray::number(big.size()) + ",3\n";
        QVERIFY(writeFile(m_machine->work(text("big.csv")), big));
        QProcess process;
        QVERIFY(writeFile(m_machine->work(text("choice.json")),
                          R"({"version":1,"fields":[{"path":"ward","action":"keep"}]})"));
        m_machine->start(process,
                         {text("jobs"), text("run"), id, text("--input"), text("big.csv"), text("--policy"),
                          text("choice.json"), text("--limit-rate"), text("1M"), text("--json")}); // not over too soon
        (void)CliMachine::progressUntil(process, "seal");
        QVERIFY(test::sendSignal(process.processId(), SIGINT));
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 130);
        QCOMPARE(said.code(), text("cancelled"));
        QCOMPARE(stateOf(id), text("returned"));
        QVERIFY(QFile::remove(m_machine->work(text("big.csv"))));

        // The choice of fields was kept with the job.
        const Said again = run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
        QVERIFY2(again.status == 0, again.out + again.err);
        QVERIFY2(again.err.contains("kept-choice"), again.err);
        QCOMPARE(again.json()[text("readable")].toArray(), QJsonArray{text("ward")});
    }

    void noPlaintextIsLeftBehind() {
        QCOMPARE(m_machine->leaks(canary, {m_machine->work(text("people.csv"))}), QStringList());
    }

    void aJobWhosePlatformGoesAwayIsDoneAndReportedLater() {
        const QString id = orderJob();
        QByteArray big = "name,ward\n";
        while (big.size() < 20'000'000)
            big += "Somebody " + QByteArray::number(big.size()) + ",3\n";
        QVERIFY(writeFile(m_machine->work(text("big.csv")), big));
        QProcess process;
        m_machine->start(process, {text("jobs"), text("run"), id, text("--input"), text("big.csv"),
                                   text("--limit-rate"), text("8M"), text("--json")}); // not over too soon
        (void)CliMachine::progressUntil(process, "read");
        m_platform->stop();
        const Said said = m_machine->finish(process);
        QVERIFY2(said.status == 0, said.out + said.err);
        QVERIFY(said.json()[text("report_pending")].toBool());
        const Said away = run({text("jobs"), text("list")});
        QCOMPARE(away.code(), text("network.unreachable"));
        QVERIFY(m_platform->startAgain());
        const Said shown = run({text("jobs"), text("show"), id});
        QCOMPARE(shown.json()[text("state")].toString(), text("done"));
        QVERIFY(!shown.json().contains(text("report_pending")));
    }

    void aPlatformThatIsAwayIsSaidSo() {
        m_platform->stop();
        const Said said = run({text("jobs"), text("list")});
        QCOMPARE(said.code(), text("network.unreachable"));
        QCOMPARE(said.status, 6);
    }
};

QTEST_GUILESS_MAIN(MainJobTest)
#include "tst_main_job.moc"
