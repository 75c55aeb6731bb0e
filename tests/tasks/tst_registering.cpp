#include "models/tasks/registering.h"
#include "models/tasks/small_file.h"

#include "tests/tasks/fake_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

namespace {
constexpr const char* url = "http://127.0.0.1:7001";
}

class RegisteringTest : public QObject {
    Q_OBJECT

    std::unique_ptr<crypto::SigningKey> m_platform, m_stranger;
    std::unique_ptr<FakeWorld> m_world;

    static crypto::Json registrationJson(const crypto::SigningKey& key, const std::string& platform) {
        return crypto::JsonObject{{"format", "sealwright-registration/1"},
                                  {"machine_id", "m-1"},
                                  {"platform", platform},
                                  {"keys", crypto::toJson(crypto::JwkSet{{}, {key.publicKey()}})},
                                  {"hosts", crypto::JsonArray{crypto::Json("127.0.0.1:7001")}},
                                  {"issued", toRfc3339(now())}};
    }
    void platformAnswers(const crypto::SigningKey& signer, const crypto::SigningKey& named,
                         const std::string& platform = url) {
        m_world->api->offered = {{}, {named.publicKey()}};
        m_world->api->registrationJws = crypto::signJws(
            "sealwright-registration", crypto::writeControlJson(registrationJson(named, platform)), signer);
    }
    void newWorld(bool withKeys) {
        m_world = std::make_unique<FakeWorld>();
        if (withKeys)
            QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        platformAnswers(*m_platform, *m_platform);
    }
    std::string invitation(const std::string& kid = {}) const {
        crypto::JsonObject object{{"format", "sealwright-invitation/1"},
                                  {"platform", url},
                                  {"token", "once"},
                                  {"expires", toRfc3339(now() + 600)}};
        if (!kid.empty())
            object.emplace_back("platform_kid", kid);
        return crypto::writeControlJson(crypto::Json(std::move(object)));
    }
    bool invitationUsed() const {
        const auto& names = m_world->script.names();
        return std::find(names.begin(), names.end(), "api.finishRegistration") != names.end();
    }
    Outcome<PendingRegistration> begin(const std::string& text, const std::string& accept = {},
                                       bool personCanBeAsked = true) {
        RegisterRequest request;
        request.personCanBeAsked = personCanBeAsked;
        request.invitation = text;
        request.machineName = "ward 3";
        request.acceptPlatformKid = accept;
        return beginRegister(m_world->services, request, m_world->context);
    }

private Q_SLOTS:
    void initTestCase() {
        m_platform = std::make_unique<crypto::SigningKey>(crypto::SigningKey::generate().value());
        m_stranger = std::make_unique<crypto::SigningKey>(crypto::SigningKey::generate().value());
    }
    void init() { newWorld(true); }

    void theInvitationsKeyIsPinned() {
        newWorld(false);
        const auto pending = begin(invitation(m_platform->kid()));
        QCOMPARE(codeOf(pending), std::string("ok"));
        QVERIFY(pending->keysMade && !pending->mustBeAccepted);
        QCOMPARE(pending->platformKid, m_platform->kid());
        QVERIFY(!m_world->ledger->pinned); // nothing yet
        QCOMPARE(codeOf(keepRegistration(m_world->services, *pending)), std::string("ok"));
        QCOMPARE(m_world->ledger->pinned->registration.machineId, std::string("m-1"));
        QCOMPARE(m_world->ledger->pinned->platformName, std::string("127.0.0.1:7001"));
        const auto access = platformAccess(m_world->services);
        QVERIFY(access.ok());
        QVERIFY(access->accessToken == crypto::SecretBytes(asBytes("token")));
        QCOMPARE(codeOf(begin(invitation(m_platform->kid()))), std::string("registration.exists"));
    }

    void withoutAKeyInTheInvitationAPersonHasToAccept() {
        const auto pending = begin(invitation());
        QCOMPARE(codeOf(pending), std::string("ok"));
        QVERIFY(pending->mustBeAccepted);
        QCOMPARE(pending->platformWords, *crypto::fingerprintWords(m_platform->kid()));
    }

    void aKeyAcceptedBeforehandIsEnough() {
        const auto pending = begin(invitation(), m_platform->kid());
        QCOMPARE(codeOf(pending), std::string("ok"));
        QVERIFY(!pending->mustBeAccepted);
    }

    void refusesEveryKeyButTheExpectedOne() {
        QCOMPARE(codeOf(begin(invitation(m_stranger->kid()))), std::string("registration.invalid"));
        QCOMPARE(codeOf(begin(invitation(), m_stranger->kid())), std::string("registration.key-not-accepted"));
        // The invitation's key is there, but it is not the one that the owner wants.
        QCOMPARE(codeOf(begin(invitation(m_platform->kid()), m_stranger->kid())),
                 std::string("registration.key-not-accepted"));
        platformAnswers(*m_stranger, *m_platform);
        QCOMPARE(codeOf(begin(invitation(m_platform->kid()))), std::string("registration.invalid"));
        QCOMPARE(codeOf(begin(invitation())), std::string("registration.invalid"));
        QVERIFY(!m_world->ledger->pinned);
        QCOMPARE(m_world->secrets->kept.count(SecretStore::Entry::AccessToken), std::size_t{0});
    }

    void whatEndsInVainLeavesTheInvitationUsable_data() {
        QTest::addColumn<bool>("named");
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<QByteArray>("code");
        const QByteArray theirs = QByteArray::fromStdString(m_stranger->kid());
        QTest::newRow("nobody can be asked") << false << QByteArray() << QByteArray("registration.key-not-accepted");
        QTest::newRow("another is accepted") << false << theirs << QByteArray("registration.key-not-accepted");
        QTest::newRow("another is invited") << true << QByteArray() << QByteArray("registration.invalid");
    }

    void whatEndsInVainLeavesTheInvitationUsable() {
        QFETCH(bool, named);
        QFETCH(QByteArray, accept);
        QFETCH(QByteArray, code);
        const auto refused = begin(invitation(named ? m_stranger->kid() : std::string()), accept.toStdString(), false);
        QCOMPARE(codeOf(refused), code.toStdString());
        if (refused.error().code == Code::RegistrationKeyNotAccepted) {
            const std::vector<std::string> offered{m_platform->kid(), *crypto::fingerprintWords(m_platform->kid())};
            QCOMPARE(refused.error().facts, offered);
        }
        QVERIFY(!invitationUsed());
        const auto again = begin(invitation(), m_platform->kid(), false);
        QCOMPARE(codeOf(again), std::string("ok"));
        QVERIFY(invitationUsed() && !again->mustBeAccepted);
    }

    void refusesARegistrationOfAnotherPlatform() {
        platformAnswers(*m_platform, *m_platform, "http://127.0.0.1:7002");
        QCOMPARE(codeOf(begin(invitation(m_platform->kid()))), std::string("registration.invalid"));
    }

    void aPlatformThatIsAwayLeavesNothingPinned() {
        QVERIFY(begin(invitation(m_platform->kid())).ok());
        const auto names = m_world->script.names();
        for (const char* call : {"api.beginRegistration", "api.finishRegistration"}) {
            const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), call) - names.begin()) + 1;
            newWorld(true);
            m_world->script.strikeAt(at, Script::Fault::Before);
            QCOMPARE(codeOf(begin(invitation(m_platform->kid()))), std::string("network.unreachable"));
            QVERIFY(!m_world->ledger->pinned);
            QCOMPARE(m_world->secrets->kept.count(SecretStore::Entry::AccessToken), std::size_t{0});
            const auto again = begin(invitation(m_platform->kid()));
            QCOMPARE(codeOf(again), std::string("ok"));
            QVERIFY(!again->keysMade);
        }
    }

    void keysWithoutARecordAreTakenOver() {
        newWorld(true);
        m_world->ledger->keyRecords.clear();
        const auto pending = begin(invitation(m_platform->kid()));
        QCOMPARE(codeOf(pending), std::string("ok"));
        QVERIFY(pending->keysTakenOver && !pending->keysMade);
        QCOMPARE(m_world->ledger->keyRecords.size(), std::size_t{2});
    }

    void anInvitationIsToldFromOtherFiles() {
        const auto write = [&](const char* name, const std::string& text) {
            const std::string path = m_world->services.spoolFolder + "/" + name;
            return writeSmallFile(path, text, true) ? path : std::string();
        };
        QVERIFY(looksLikeInvitation(write("a.json", invitation(m_platform->kid()))));
        QVERIFY(looksLikeInvitation(write("a.txt", "\n sealwright://register?invitation=abc\n")));
        QVERIFY(!looksLikeInvitation(write("a.csv", "id,name\n")));
        QVERIFY(!looksLikeInvitation(write("large.json", "sealwright-invitation/" + std::string(70'000, 'x'))));
        QVERIFY(!looksLikeInvitation(m_world->services.spoolFolder));
        QVERIFY(!looksLikeInvitation("/nothing/there"));
    }

    void keysThatWereLostAreNotMadeAnewForARegistration() {
        m_world->secrets->kept.clear();
        QCOMPARE(codeOf(begin(invitation(m_platform->kid()))), std::string("key.missing"));
    }
};

QTEST_GUILESS_MAIN(RegisteringTest)
#include "tst_registering.moc"
