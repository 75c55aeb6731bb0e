#include "tests/cli/platform_given.h"
#include "tests/support/faults/fault_report.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// Keys that change while there is work: this machine's, the platform's, and none any more. Program against program;
/// the tests build on each other, in this order.
class KeysUnderWayTest : public QObject, private GivenPlatform {
    Q_OBJECT

    QStringList m_results; ///< sealed for the first keys

    QString order() const { return place({}); }
    Said runJob(const QString& id) const {
        return run({text("jobs"), text("run"), id, text("--input"), text("people.csv")});
    }
    QString kidInUse() const {
        const Said said = run({text("keys"), text("show")});
        return said.json()[text("keys")].toArray().first().toObject()[text("kid")].toString();
    }
    QStringList results() const {
        QStringList ids;
        for (const auto& one : run({text("results"), text("list")}).json()[text("results")].toArray())
            ids << one.toObject()[text("id")].toString();
        return ids;
    }
    Said get(const QString& result) const {
        return run({text("results"), text("get"), result, text("--out"), text("back"), text("--force")});
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("keys under way");
        begin();
        registerMachine({text("--name"), text("Ward 3")});
        QVERIFY(writeFile(m_machine->work(text("people.csv")), "name,ward\nOtto,3\n"));
        const Said done = runJob(order());
        QVERIFY2(done.status == 0, done.out + done.err);
        m_results = results();
        QCOMPARE(m_results.size(), 1);
        QVERIFY(writeFile(m_machine->path(text("kit words")), "kit words\n"));
        QCOMPARE(run({text("keys"), text("backup"), text("--out"), text("kit"), text("--kit-passphrase-file"),
                      m_machine->path(text("kit words"))})
                     .status,
                 0);
        QCOMPARE(run({text("seal"), text("people.csv"), text("--out"), text("early.sealed")}).status, 0);
        QCOMPARE(run({text("encrypt"), text("people.csv"), text("--out"), text("early.csv")}).status, 0);
    }

    void keysAreRotated() {
        const QString before = kidInUse(), pending = order();
        const Said said = run({text("keys"), text("rotate")});
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("former_pairs")].toInt(), 1);
        QVERIFY(!said.json().contains(text("recovery_kit"))); // to be made anew
        const QString now = kidInUse();
        QVERIFY(now != before);
        QCOMPARE(said.json()[text("keys")].toArray().first().toObject()[text("kid")].toString(), now);
        // A job made for the old key, and one for the new.
        for (const QString& id : {pending, order()}) {
            const Said done = runJob(id);
            QVERIFY2(done.status == 0, done.out + done.err);
            QVERIFY(done.json()[text("can_open")].toArray().contains(now));
        }
        const Said plain = m_machine->say({text("keys"), text("show")});
        QVERIFY2(plain.out.contains("1 earlier pair") && plain.out.contains("No recovery kit yet"), plain.out);
    }

    void whatWasSealedForTheOldKeysStillOpens() {
        const Said got = get(m_results.front());
        QVERIFY2(got.status == 0, got.out + got.err);
        QVERIFY(got.json()[text("byte_exact")].toBool());
        const Said package = run({text("open"), text("early.sealed"), text("--out"), text("opened")});
        QVERIFY2(package.status == 0, package.out + package.err);
        const Said verified = run({text("verify"), text("early.sealed")});
        QVERIFY2(verified.status == 0 && verified.json().contains(text("entries")), verified.out + verified.err);
        const Said dataset = run({text("decrypt"), text("early.csv"), text("--out"), text("restored.csv")});
        QVERIFY2(dataset.status == 0, dataset.out + dataset.err);
        QCOMPARE(contentsOf(m_machine->work(text("restored.csv"))), contentsOf(m_machine->work(text("people.csv"))));
        // Those of afterwards too.
        for (const QString& id : results())
            QCOMPARE(get(id).status, 0);
    }

    void aNewKitOpensAllOfIt() {
        QCOMPARE(run({text("keys"), text("backup"), text("--out"), text("new kit"), text("--kit-passphrase-file"),
                      m_machine->path(text("kit words"))})
                     .status,
                 0);
        CliMachine other;
        const QByteArray kit = contentsOf(m_machine->work(text("new kit")));
        QCOMPARE(kit.count("BEGIN ENCRYPTED PRIVATE KEY"), 4);
        QVERIFY(writeFile(other.work(text("kit")), kit));
        const Said said = other.run({text("keys"), text("restore"), text("kit"), text("--kit-passphrase-file"),
                                     m_machine->path(text("kit words"))});
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("former_pairs")].toInt(), 1);
        QVERIFY(QFile::copy(m_machine->work(text("early.sealed")), other.work(text("early.sealed"))));
        QCOMPARE(other.run({text("open"), text("early.sealed"), text("--out"), text("opened")}).status, 0);
    }

    /// The answer of each call is lost, before and after the platform carried it out.
    void aLostAnswerLeavesAMachineThatWorks_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("after");
        for (const char* path : {"/v1/registration/challenge", "/v1/registration/proof", "/v1/registration"})
            for (const bool after : {false, true})
                QTest::addRow("%s, %s", path, after ? "carried out" : "not carried out") << text(path) << after;
    }
    void aLostAnswerLeavesAMachineThatWorks() {
        QFETCH(QString, path);
        QFETCH(bool, after);
        QVERIFY(m_platform->fault(path.toStdString(), 500, 1, after)); // which is not tried again
        (void)run({text("keys"), text("rotate")});
        const Said worked = runJob(order());
        QVERIFY2(worked.status == 0, worked.out + worked.err);
        const Said again = run({text("keys"), text("rotate")});
        QVERIFY2(again.status == 0, again.out + again.err);
        QCOMPARE(runJob(order()).status, 0);
    }

    void aProcessThatIsKilledLeavesAMachineThatWorks() {
        for (int milliseconds = 50; milliseconds <= 1'450; milliseconds += 200) {
            QProcess process;
            m_machine->start(process, {text("keys"), text("rotate")});
            QVERIFY(process.waitForStarted());
            process.waitForFinished(milliseconds);
            process.kill();
            process.waitForFinished();
            const Said worked = runJob(order());
            QVERIFY2(worked.status == 0, worked.out + worked.err);
        }
        const Said again = run({text("keys"), text("rotate")});
        QVERIFY2(again.status == 0, again.out + again.err);
        QVERIFY2(get(m_results.front()).status == 0, "what was sealed for the first keys");
        // Nothing but what is in use or kept: two files a pair, one token, the public halves.
        const int pairs = 1 + again.json()[text("former_pairs")].toInt();
        QCOMPARE(QDir(m_machine->path(text("keys"))).entryList({text("*.pem")}, QDir::Files).size(), 2 * pairs);
        QCOMPARE(QDir(m_machine->path(text("keys"))).entryList({text("token*.jwe")}, QDir::Files).size(), 1);
    }

    void thePlatformsNewKeyIsLearntFromItsOldOne() {
        const QString before = order(); // signed by the key until now
        QVERIFY(m_platform->admin("POST", "/admin/rotate-key").has_value());
        const QString signedByNew = order();
        // As long as nobody vouches for it with the known key, it is a stranger's.
        QVERIFY(m_platform->fault("/v1/registration", 404, 1));
        const Said refused = runJob(signedByNew);
        QCOMPARE(refused.code(), text("job.unknown-signer"));
        QCOMPARE(refused.status, 5);
        QCOMPARE(runJob(before).status, 0); // the old key is pinned still
        const Said taken = runJob(signedByNew);
        QVERIFY2(taken.status == 0, taken.out + taken.err);
        QVERIFY(test::noteFault({"platform-key-changed", "platform",
                                 "signed a job with a new key, and once did not vouch for it with the old one",
                                 "the job was not touched; once vouched for, it ran"},
                                refused.json()));
    }

    void alsoAfterTwoChangesAndARestart() {
        QVERIFY(m_platform->admin("POST", "/admin/rotate-key").has_value());
        QVERIFY(m_platform->admin("POST", "/admin/rotate-key").has_value());
        m_platform->stop();
        QVERIFY2(m_platform->startAgain(), m_platform->log());
        const QString id = order();
        const Said said = runJob(id);
        QVERIFY2(said.status == 0, said.out + said.err);
        const Said rotated = run({text("keys"), text("rotate")});
        QVERIFY2(rotated.status == 0, rotated.out + rotated.err);
        QCOMPARE(runJob(order()).status, 0);
    }

    void aRevokedMachineIsToldSoAndOpensWhatItHas() {
        const QString id = order();
        const QString result = results().first();
        const Said saved = run({text("results"), text("get"), result, text("--out"), text("sealed"), text("--sealed")});
        QVERIFY2(saved.status == 0, saved.out + saved.err);
        QVERIFY(m_platform->admin("POST", "/admin/machines/" + m_machineId + "/revoke").has_value());
        for (const QStringList& command :
             {QStringList{text("jobs"), text("list")}, QStringList{text("results"), text("list")},
              QStringList{text("jobs"), text("run"), id, text("--input"), text("people.csv")},
              QStringList{text("keys"), text("rotate")}}) {
            const Said said = run(command);
            QCOMPARE(said.code(), text("machine.revoked"));
            QCOMPARE(said.status, 6);
        }
        const Said shown = run({text("keys"), text("show")});
        QCOMPARE(shown.status, 0);
        QVERIFY(!shown.json()[text("revoked")].toString().isEmpty());
        const Said opened = run({text("decrypt"), saved.json()[text("file")].toString(), text("--any-signer"),
                                 text("--out"), text("kept.csv")});
        QVERIFY2(opened.status == 0, opened.out + opened.err);
        // A mistake that is put right.
        QVERIFY(m_platform->admin("POST", "/admin/machines/" + m_machineId + "/reinstate").has_value());
        QCOMPARE(runJob(id).status, 0);
        QVERIFY(!run({text("keys"), text("show")}).json().contains(text("revoked")));
    }
};

QTEST_GUILESS_MAIN(KeysUnderWayTest)
#include "tst_keys_under_way.moc"
