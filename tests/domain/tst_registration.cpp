#include "models/domain/registration.h"
#include "tests/support/vector_rows.h"

using namespace sealwright;

namespace {

constexpr const char* platform = "https://platform.example";

std::optional<crypto::JwkSet> keysOf(const vectors::json& vector, const char* member) {
    const auto json = crypto::parseControlJson(vector.at(member).dump());
    auto set = crypto::jwkSetFromJson(*json);
    if (!set) {
        return std::nullopt;
    }
    return std::move(set).value();
}

bool invitationHolds(const vectors::json& vector) {
    const auto now = fromRfc3339(vector.at("now").get<std::string>()).value();
    return parseInvitation(vector.at("text").get<std::string>(), now).ok();
}

bool proofHolds(const vectors::json& vector) {
    const auto keys = keysOf(vector, "keys");
    if (!keys) {
        return false;
    }
    const auto challenge = vectors::decryptionKey().unwrap(vector.at("challenge").get<std::string>());
    return checkProof(vector.at("text").get<std::string>(), keys->sig.at(0), keys->enc.at(0).kid,
                      vector.at("aud").get<std::string>(), vector.at("challenge_id").get<std::string>(), *challenge,
                      fromRfc3339(vector.at("now").get<std::string>()).value())
        .ok();
}

bool registrationHolds(const vectors::json& vector) {
    const auto invitation = parseInvitation(vector.at("invitation").get<std::string>(), 0);
    const auto offered = keysOf(vector, "keys");
    return offered && readRegistration(vector.at("text").get<std::string>(), invitation->platformKid, *offered,
                                       invitation->platform)
                          .ok();
}

std::string registrationText(const char* machine, const char* url, const char* issued,
                             const crypto::VerificationKey& key) {
    return crypto::writeControlJson(crypto::JsonObject{{"format", "sealwright-registration/1"},
                                                       {"machine_id", machine},
                                                       {"platform", url},
                                                       {"keys", crypto::toJson(crypto::JwkSet{{}, {key}})},
                                                       {"hosts", crypto::JsonArray{"storage.example:443"}},
                                                       {"issued", issued}});
}

} // namespace

class TestRegistration : public QObject {
    Q_OBJECT

    crypto::SigningKey m_platform = vectors::signingKey("TEST KEY, platform signing");
    crypto::SigningKey m_other = vectors::signingKey("TEST KEY, another signer");

    Registration kept() {
        const auto jws = crypto::signJws(
            "sealwright-registration",
            registrationText("machine-17", platform, "2026-01-15T12:00:00Z", m_platform.publicKey()), m_platform);
        return *readRegistration(jws, m_platform.kid(), {{}, {m_platform.publicKey()}}, platform);
    }

    Outcome<Registration> update(const char* machine, const char* url, const char* issued,
                                 const crypto::SigningKey& signer) {
        return readUpdate(crypto::signJws("sealwright-registration",
                                          registrationText(machine, url, issued, m_other.publicKey()), signer),
                          kept());
    }

private Q_SLOTS:
    void vectors_data() { vectors::rows("registration", 22); }

    void vectors() {
        const auto& vector = vectors::current("registration");
        QVERIFY(vectors::onlyMembers(vector, {"name", "kind", "now", "text", "aud", "challenge_id", "challenge", "keys",
                                              "invitation", "error"}));
        const std::string kind = vector.at("kind").get<std::string>();
        const bool holds = kind == "invitation" ? invitationHolds(vector)
                           : kind == "proof"    ? proofHolds(vector)
                                                : registrationHolds(vector);
        QCOMPARE(holds, !vector.contains("error"));
    }

    void proofIsMadeAsTheVectorHasIt() {
        for (const auto& vector : vectors::all().at("registration")) {
            if (vector.at("name") != "proof") {
                continue;
            }
            const Challenge challenge{
                vector.at("challenge_id").get<std::string>(), vector.at("challenge").get<std::string>(), {}};
            const crypto::SigningKey signing = vectors::signingKey("TEST KEY, machine signing");
            const auto payload = makeProofPayload(challenge, platform, vectors::decryptionKey(), signing.kid(),
                                                  fromRfc3339("2026-01-15T11:59:00Z").value());
            QVERIFY(payload.ok());
            const auto expected =
                crypto::verifyJws(vector.at("text").get<std::string>(), "sealwright-proof", {signing.publicKey()});
            QCOMPARE(*payload, expected->payload);
        }
    }

    void challengeForAnotherMachineMakesNoProof() {
        const Challenge challenge{"c", std::string(512, 'A'), {}};
        const auto payload = makeProofPayload(challenge, platform, vectors::decryptionKey(), "kid", 0);
        QVERIFY(!payload);
        QCOMPARE(payload.error().code, Code::RegistrationInvalid);
    }

    void withoutAnExpectedKidAnOfferedKeyMaySign() {
        const auto text = registrationText("m", platform, "2026-01-15T12:00:00Z", m_platform.publicKey());
        const auto jws = crypto::signJws("sealwright-registration", text, m_platform);
        const crypto::JwkSet offered{{}, {m_other.publicKey(), m_platform.publicKey()}};
        const auto registration = readRegistration(jws, "", offered, platform);
        QVERIFY(registration.ok());
        QCOMPARE(registration->platformKid, m_platform.kid());
        QVERIFY(!readRegistration(jws, "", {{}, {m_other.publicKey()}}, platform));
    }

    void signerMustBeAmongTheKeysThatArePinned() {
        const auto text = registrationText("m", platform, "2026-01-15T12:00:00Z", m_other.publicKey());
        const auto jws = crypto::signJws("sealwright-registration", text, m_platform);
        QVERIFY(!readRegistration(jws, m_platform.kid(), {{}, {m_platform.publicKey()}}, platform));
    }

    void laterUpdateReplacesKeysAndHosts() {
        const auto updated = update("machine-17", platform, "2026-01-15T12:00:01Z", m_platform);
        QVERIFY(updated.ok());
        QCOMPARE(updated->keys.sig.size(), std::size_t{1});
        QCOMPARE(updated->keys.sig.front().kid, m_other.kid());
    }

    void otherUpdatesAreRefused() {
        QVERIFY(!update("machine-17", platform, "2026-01-15T12:00:00Z", m_platform)); // not later
        QVERIFY(!update("machine-18", platform, "2026-01-15T12:00:01Z", m_platform));
        QVERIFY(!update("machine-17", "https://other.example", "2026-01-15T12:00:01Z", m_platform));
        QVERIFY(!update("machine-17", platform, "2026-01-15T12:00:01Z", m_other)); // not pinned
    }

    void invitationNeedsTlsOrLoopback() {
        const auto invitation = [](const char* url) {
            const vectors::json document{{"format", "sealwright-invitation/1"},
                                         {"platform", url},
                                         {"token", "t"},
                                         {"expires", "2026-01-16T12:00:00Z"}};
            return parseInvitation(document.dump(), 0).ok();
        };
        QVERIFY(invitation("https://platform.example/base"));
        QVERIFY(invitation("http://127.0.0.1:8080"));
        QVERIFY(!invitation("http://platform.example"));
        QVERIFY(!invitation("https://user@platform.example"));
        QVERIFY(!invitation("https://platform.example?x"));
        QVERIFY(!invitation("amqps://platform.example"));
    }

    void linkMayComeWithALineEnd() {
        const auto& vector = vectors::all().at("registration").at(1);
        QVERIFY(parseInvitation(vector.at("text").get<std::string>() + "\r\n", 0).ok());
        QVERIFY(!parseInvitation("", 0));
        QVERIFY(!parseInvitation("sealwright://register?invitation=", 0));
    }
};

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
