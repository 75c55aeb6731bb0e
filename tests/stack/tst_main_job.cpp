#include "app/api/rest_job_api.h"
#include "crypto/base/b64.h"
#include "tests/cli/cli_machine.h"
#include "tests/cli/texts.h"
#include "tests/stack/stack_server.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/platform_process.h"

using namespace sealwright;
using namespace sealwright::test;
using tests::CliMachine;
using tests::contentsOf;
using tests::Said;
using tests::text;

namespace {

/// Every way in which a key may have been written down by mistake.
QList<QByteArray> spellingsOf(const QByteArray& key) {
    return {key, key.toBase64(), key.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals),
            key.toHex(), key.toHex().toUpper()};
}

} // namespace

/// The main job through the platform on PostgreSQL, Vault, RabbitMQ and MinIO. The tests build on each other, in this
/// order.
class StackMainJobTest : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    PlatformProcess m_platform;
    CliMachine m_machine;
    std::string m_machineId;
    QHash<QString, QString> m_ids; ///< of the demonstration's jobs, by name

    Said run(const QStringList& arguments, const QByteArray& input = {}) const {
        return m_machine.run(arguments, input);
    }
    std::optional<crypto::Json> order() {
        return place(m_platform, {m_machineId, "Ordered by a test", storedSource()});
    }
    qsizetype jobsListed() const { return run({text("jobs"), text("list")}).json()[text("jobs")].toArray().size(); }
    QString stateOf(const QString& id) const {
        return run({text("jobs"), text("show"), id}).json()[text("state")].toString();
    }
    /// As Vault has it; empty where there is none.
    QByteArray keyOf(const QString& jobId) {
        const auto answer =
            askVault(m_network, "GET",
                     (stackValue("VAULT_MOUNT") + text("/data/") + stackValue("VAULT_PATH") + text("/dek/") + jobId)
                         .toStdString());
        const auto json = QJsonDocument::fromJson(answer.value_or(QByteArray())).object();
        const auto key = json[text("data")].toObject()[text("data")].toObject()[text("key")].toString();
        return QByteArray::fromBase64(key.toLatin1(), QByteArray::Base64UrlEncoding);
    }
    /// Those that the platform gets from now on, in seconds.
    bool letTokensLive(const QByteArray& seconds) {
        return askVault(m_network, "POST", "auth/approle/role/platform", "{\"token_ttl\": " + seconds + "}")
            .has_value();
    }
    /// Those tokens of the platform's, of all that live, that were renewed at least once.
    int renewedTokens() {
        int renewed = 0;
        const auto accessors = askVault(m_network, "GET", "auth/token/accessors?list=true");
        for (const auto& one :
             QJsonDocument::fromJson(accessors.value_or(QByteArray()))[text("data")][text("keys")].toArray()) {
            const auto body = QJsonDocument(QJsonObject{{text("accessor"), one}}).toJson();
            const auto known = askVault(m_network, "POST", "auth/token/lookup-accessor", body);
            const auto data = QJsonDocument::fromJson(known.value_or(QByteArray()))[text("data")];
            renewed += data[text("path")] == text("auth/approle/login") && data[text("last_renewal")].isString();
        }
        return renewed;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY2(m_platform.startOnStack({text("--demo")}), m_platform.log());
        const Said said = run({text("register"), text("--invite"), text("-"), text("--name"), text("Ward 3")},
                              QByteArray::fromStdString(m_platform.invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        m_machineId = said.json()[text("machine_id")].toString().toStdString();
    }

    void theThreeDemonstrationJobsAreThere() {
        const auto jobs =
            run({text("jobs"), text("list"), text("--state"), text("pending")}).json()[text("jobs")].toArray();
        for (const auto& job : jobs)
            m_ids[job.toObject()[text("name")].toString()] = job.toObject()[text("id")].toString();
        QCOMPARE(m_ids.size(), 3);
    }

    void aJobRunsAndComesBackEqual() {
        const auto id = m_ids[text("Patient register, June")];
        const Said said = run({text("jobs"), text("run"), id});
        QVERIFY2(said.status == 0, said.out + said.err + m_platform.log());
        QCOMPARE(stateOf(id), text("done"));
        const auto results = run({text("results"), text("list")}).json()[text("results")].toArray();
        QCOMPARE(results.size(), 1);
        const Said got = run({text("results"), text("get"), results.first().toObject()[text("id")].toString(),
                              text("--out"), text("back")});
        QVERIFY2(got.status == 0, got.out + got.err);
        QCOMPARE(contentsOf(m_machine.work(got.json()[text("file")].toString())),
                 contentsOf(text(SEALWRIGHT_SOURCE_DIR "/resources/sample/patients.csv")));
    }

    void itsKeyIsInVaultAndNowhereElse() {
        const auto id = m_ids[text("Patient register, June")];
        const auto key = keyOf(id);
        QCOMPARE(key.size(), 32);
        const auto dump = dumped();
        QVERIFY(dump);
        QVERIFY(dump->contains(id.toUtf8())); // so it is the right one
        for (const auto& spelling : spellingsOf(key))
            QVERIFY(!dump->contains(spelling));
        const QStringList folders{stackFolder(), stackValue("PG_DATA"), stackValue("AMQP_DATA"), m_platform.folder(),
                                  QFileInfo(m_machine.path(text("profile"))).path()};
        QVERIFY(!filesWith({id.toUtf8()}, {m_platform.folder()}).isEmpty()); // the log names the job: it was looked at
        QCOMPARE(filesWith(spellingsOf(key), folders), QStringList());
    }

    void theKeyOfAnOwnersJobIsNotThereAtAll() { QVERIFY(keyOf(m_ids[text("Ward list of your choice")]).isEmpty()); }

    void whileVaultIsSealedNoJobIsMade() {
        const auto listed = jobsListed();
        QVERIFY(askVault(m_network, "PUT", "sys/seal"));
        QVERIFY(!order());
        QVERIFY2(m_platform.log().contains("POST /admin/jobs 503"), m_platform.log());
        QCOMPARE(jobsListed(), listed);
        QVERIFY(
            askVault(m_network, "PUT", "sys/unseal", "{\"key\":\"" + stackValue("VAULT_UNSEAL_KEY").toUtf8() + "\"}"));
        QTRY_VERIFY_WITH_TIMEOUT(askVault(m_network, "GET", "sys/health"), 30'000);
        QVERIFY(order());
        QCOMPARE(jobsListed(), listed + 1);
        QVERIFY(noteFault({"vault-sealed", "vault", "sealed it while a job was made, and unsealed it",
                           "no job came of it, and no key; the next one was made"}));
    }

    void aTokenThatVaultForgotIsMadeAnew() {
        QVERIFY(askVault(m_network, "PUT", "sys/leases/revoke-prefix/auth/approle"));
        QVERIFY2(order(), m_platform.log());
    }

    /// Where a machine was too slow for a short life, the token had ended and was made anew: then a longer one is
    /// tried.
    void aTokenIsRenewedInTime() {
        int renewed = 0;
        for (const int life : {2, 8, 60}) {
            QVERIFY(letTokensLive(QByteArray::number(life)));
            QVERIFY(askVault(m_network, "PUT", "sys/leases/revoke-prefix/auth/approle"));
            QVERIFY(order()); // logs in
            QTest::qWait(life * 500 + 100);
            QVERIFY(order()); // half of it is over
            renewed = renewedTokens();
            if (renewed > 0)
                break;
        }
        QVERIFY(letTokensLive(stackValue("VAULT_TOKEN_TTL").toUtf8()));
        QCOMPARE(renewed, 1);
    }

    void afterARestartNothingIsLost() {
        const auto listed = jobsListed();
        const auto id = m_ids[text("Laboratory values")];
        const auto where = QString::fromStdString(m_platform.url()).mid(7);
        m_platform.stop();
        QVERIFY2(m_platform.startOnStack({text("--listen"), where}), m_platform.log());
        QCOMPARE(jobsListed(), listed);
        QCOMPARE(stateOf(m_ids[text("Patient register, June")]), text("done"));
        const auto events =
            m_platform.admin("GET", "/admin/jobs/" + m_ids[text("Patient register, June")].toStdString() + "/events");
        QVERIFY(events && events->find("events")->array()->size() >= 3);
        // In one go: a job's own credentials may read back what they have put.
        const Said said = run({text("jobs"), text("run"), id, text("--straight-through")});
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(run({text("results"), text("list")}).json()[text("results")].toArray().size(), 2);
    }

    void whileTheDatabaseIsAwayThePlatformSaysSoAndGoesOnAfter() {
        const auto listed = jobsListed();
        StackServer database(text("postgres"));
        QVERIFY(database.kill());
        QVERIFY(!order());
        QVERIFY2(m_platform.log().contains("database: "), m_platform.log());
        QVERIFY(database.again());
        QCOMPARE(jobsListed(), listed);
        QVERIFY2(order(), m_platform.log());
        QCOMPARE(jobsListed(), listed + 1);
    }
};

QTEST_GUILESS_MAIN(StackMainJobTest)
#include "tst_main_job.moc"
