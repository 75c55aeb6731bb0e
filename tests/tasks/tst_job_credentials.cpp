#include "models/tasks/job_credentials.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

/// A job whose credentials for the store end in `seconds`; without a number they say nothing of that.
struct EndingWorld : JobWorld {
    explicit EndingWorld(std::optional<Instant> seconds) {
        std::string sealed = R"({"storage":{"access_key":"first","secret_key":"s")";
        if (seconds)
            sealed += R"(,"expires":")" + toRfc3339(now() + *seconds) + "\"";
        sealed += "}}";
        const auto text = jobText(
            sharedKeys().dec.publicKey(), Json(JsonObject{{"version", 1}}),
            JsonObject{{"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}},
            now() - 60, now() + 3600, sealed);
        api->entry.jws = crypto::signJws("sealwright-job", text, givens().platform);
    }
    /// What the platform answers when it is asked for new ones.
    void renewed(const crypto::SigningKey& signer, Instant life = 3600, const char* job = jobId) {
        const auto sealed =
            crypto::encryptJwe(crypto::SecretBytes(asBytes(R"({"storage":{"access_key":"second","secret_key":"s"}})")),
                               sharedKeys().dec.publicKey());
        const auto document = crypto::writeControlJson(JsonObject{{"format", "sealwright-credentials/1"},
                                                                  {"job_id", job},
                                                                  {"machine_id", "m-1"},
                                                                  {"issued", toRfc3339(now() - 1)},
                                                                  {"expires", toRfc3339(now() + life)},
                                                                  {"secrets", *sealed}});
        api->credentialsJws = crypto::signJws("sealwright-credentials", document, signer);
    }
    long used(const std::string& key) const {
        return std::count(store->accessKeys.begin(), store->accessKeys.end(), key);
    }
};

} // namespace

class JobCredentialsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thoseThatEndSoonAreRenewedAheadOfIt() {
        EndingWorld world(60);
        world.renewed(givens().platform);
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.script.calls("api.renewedCredentials"), std::size_t{1});
        QCOMPARE(world.used("first"), 0l);
        QVERIFY(world.used("second") >= 5); // fetch and upload
    }

    void thoseThatLastAreNot_data() {
        QTest::addColumn<int>("seconds");
        QTest::newRow("long enough") << 3600;
        QTest::newRow("nobody knows") << 0;
    }

    void thoseThatLastAreNot() {
        QFETCH(int, seconds);
        EndingWorld world(seconds ? std::optional<Instant>(seconds) : std::nullopt);
        world.renewed(givens().platform);
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.script.calls("api.renewedCredentials"), std::size_t{0});
        QCOMPARE(world.used("second"), 0l);
    }

    void whatIsNotThePlatformsIsNotTaken_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("the platform gives none") << 0;
        QTest::newRow("signed by somebody else") << 1;
        QTest::newRow("for another job") << 2;
        QTest::newRow("ended") << 3;
    }

    /// Those that are there are used as long as they are good; the platform is not asked before every call.
    void whatIsNotThePlatformsIsNotTaken() {
        QFETCH(int, which);
        EndingWorld world(60);
        if (which == 1)
            world.renewed(sharedKeys(1).sig);
        if (which == 2)
            world.renewed(givens().platform, 3600, "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a09");
        if (which == 3)
            world.renewed(givens().platform, 0);
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.script.calls("api.renewedCredentials"), std::size_t{1});
        QCOMPARE(world.used("second"), 0l);
    }

    void thoseThatTheStoreRefusesAreReplacedOnce() {
        EndingWorld world(3600);
        const auto job = readKeptJob(world.api->entry.jws);
        const auto keys = sharedKeys();
        const auto credentials = JobCredentials::open(world.services, *job, *world.ledger->pinned, keys);
        QCOMPARE(codeOf(credentials), std::string("ok"));
        const auto first = (*credentials)->current(Cancel());
        QCOMPARE(first->accessKey, std::string("first"));
        QVERIFY(!(*credentials)->insteadOf(first, Cancel())); // there are no others
        world.renewed(givens().platform);
        const auto second = (*credentials)->insteadOf(first, Cancel());
        QVERIFY(second && second->accessKey == "second");
        QVERIFY((*credentials)->insteadOf(first, Cancel()) == second); // whoever comes later with the first
        QCOMPARE(world.script.calls("api.renewedCredentials"), std::size_t{2});
        QVERIFY((*credentials)->current(Cancel()) == second);
    }
};

QTEST_GUILESS_MAIN(JobCredentialsTest)
#include "tst_job_credentials.moc"
