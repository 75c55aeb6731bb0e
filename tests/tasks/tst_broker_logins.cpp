#include "tests/tasks/job_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

/// A job that reports to a broker, whose password is no longer the one that the job came with.
struct BrokerWorld : JobWorld {
    std::string good = "second"; ///< the password that the broker takes
    std::vector<std::string> tried;

    /// `ends`: when the credentials of the job end, in seconds.
    explicit BrokerWorld(Instant ends = 3600) {
        auto text = jobText(
            sharedKeys().dec.publicKey(), Json(JsonObject{{"version", 1}}),
            JsonObject{{"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}},
            now() - 60, now() + 3600, secrets("first", now() + ends));
        const std::string
            rest = R"("feedback":{"kind":"rest"})",
            amqp = R"("feedback":{"kind":"amqp","url":"amqp://127.0.0.1:9000","exchange":"e","routing_key":"k"})";
        text.replace(text.find(rest), rest.size(), amqp);
        api->entry.jws = crypto::signJws("sealwright-job", text, givens().platform);
        broker->instead = [this](const FakeFeedback::Event&, const FeedbackAccess& access) -> std::optional<Failure> {
            tried.emplace_back(asText(access.login->password.reveal()));
            if (tried.back() != good)
                return Failure(Code::BrokerDenied, {"127.0.0.1:9000"});
            return std::nullopt;
        };
    }
    static std::string secrets(const std::string& password, Instant ends) {
        return R"({"storage":{"access_key":"a","secret_key":"s","expires":")" + toRfc3339(ends) +
               R"("},"amqp":{"user":"machine","password":")" + password + "\"}}";
    }
    /// What the platform answers when it is asked for new ones.
    void renewed(const std::string& secretText, const crypto::SigningKey& signer = givens().platform) {
        const auto sealed = crypto::encryptJwe(crypto::SecretBytes(asBytes(secretText)), sharedKeys().dec.publicKey());
        const auto document = crypto::writeControlJson(JsonObject{{"format", "sealwright-credentials/1"},
                                                                  {"job_id", jobId},
                                                                  {"machine_id", "m-1"},
                                                                  {"issued", toRfc3339(now() - 1)},
                                                                  {"expires", toRfc3339(now() + 3600)},
                                                                  {"secrets", *sealed}});
        api->credentialsJws = crypto::signJws("sealwright-credentials", document, signer);
    }
    std::size_t asked() const { return script.calls("api.renewedCredentials"); }
    long triedWith(const std::string& password) const { return std::count(tried.begin(), tried.end(), password); }
    Delivery deliver() {
        TaskContext later;
        auto delivery = deliverEvents(services, later);
        return delivery ? *delivery : Delivery{99, 99, delivery.error()};
    }
};

} // namespace

/// What a job logs in with at its broker, when that changes under way.
class BrokerLoginsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneThatIsRefusedIsFollowedByThePlatforms() {
        BrokerWorld world;
        world.renewed(BrokerWorld::secrets("second", now() + 3600));
        const auto receipt = world.run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        QVERIFY(!receipt->reportPending);
        QCOMPARE(world.broker->taken("done"), 1L);
        QCOMPARE(world.triedWith("first"), 1L); // once refused, it is not tried again
        QCOMPARE(world.asked(), std::size_t{1});
    }

    void oneThatIsTakenIsKept() {
        BrokerWorld world;
        world.good = "first";
        world.renewed(BrokerWorld::secrets("second", now() + 3600));
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.asked(), std::size_t{0});
    }

    void oneThatEndsSoonIsRenewedAheadOfIt() {
        BrokerWorld world(60);
        world.renewed(BrokerWorld::secrets("second", now() + 3600));
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.triedWith("first"), 0L);
        QVERIFY(world.triedWith("second") > 1);
        QVERIFY(world.asked() <= 2); // the store's part of a run asks for itself
    }

    void whatIsNoOtherLoginOfThePlatformsIsNotTried_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("the platform gives none") << 0;
        QTest::newRow("the same") << 1;
        QTest::newRow("signed by somebody else") << 2;
        QTest::newRow("for the store alone") << 3;
    }
    void whatIsNoOtherLoginOfThePlatformsIsNotTried() {
        QFETCH(int, which);
        BrokerWorld world;
        if (which == 1)
            world.renewed(BrokerWorld::secrets("first", now() + 3600));
        if (which == 2)
            world.renewed(BrokerWorld::secrets("second", now() + 3600), sharedKeys(1).sig);
        if (which == 3)
            world.renewed(std::string(storageSecrets));
        QCOMPARE(codeOf(world.run()), std::string("broker.denied"));
        QCOMPARE(world.tried, std::vector<std::string>{"first"}); // the claim
        QCOMPARE(world.asked(), std::size_t{1});
        QCOMPARE(world.stored(), 0L);
    }

    /// A broker that is away says nothing about the login.
    void whereTheBrokerIsAwayThePlatformIsNotAsked() {
        BrokerWorld world;
        world.broker->instead = [](auto&&...) { return Failure(Code::BrokerUnreachable, {"127.0.0.1:9000"}); };
        world.renewed(BrokerWorld::secrets("second", now() + 3600));
        QCOMPARE(codeOf(world.run()), std::string("broker.unreachable"));
        QCOMPARE(world.asked(), std::size_t{0});
    }

    void whatWaitsIsSentWithTheNewOneLater() {
        BrokerWorld world;
        world.good = "first";
        const auto listen = world.broker->instead;
        world.broker->instead = [&](const FakeFeedback::Event& event,
                                    const FeedbackAccess& access) -> std::optional<Failure> {
            return event.kind == "claimed" ? listen(event, access) : Failure(Code::BrokerUnreachable);
        };
        const auto receipt = world.run();
        QVERIFY(receipt.ok() && receipt->reportPending);
        world.broker->instead = listen;
        world.good = "second";
        world.tried.clear();
        // The platform has no other as yet: all of it waits.
        auto delivery = world.deliver();
        QCOMPARE(delivery.waiting, std::size_t{1});
        QCOMPARE(delivery.why->code, Code::BrokerDenied);
        world.renewed(BrokerWorld::secrets("second", now() + 3600));
        delivery = world.deliver();
        QCOMPARE(delivery.waiting, std::size_t{0});
        QCOMPARE(delivery.sent, std::size_t{5});
        QCOMPARE(world.broker->taken("done"), 1L);
        QCOMPARE(world.triedWith("first"), 2L); // each delivery starts with the job's own
        QCOMPARE(world.asked(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(BrokerLoginsTest)
#include "tst_broker_logins.moc"
