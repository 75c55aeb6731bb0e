#include "crypto/keys/derive.h"
#include "crypto/keys/english_words.h"
#include "crypto/keys/private_keys.h"
#include "crypto/primitives/sha256.h"
#include "crypto/stream/digest.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

Json asJson(const Vector& value) {
    return parseControlJson(value.dump()).value();
}

const std::string machineDecryption = "Bo6GTaiUf8_N_gVCMVCn5DSX55lGIWJAFlK7pzpsSh8";
const std::string machineSigning = "7SxZbcRalDfpi9NL4dQgmsRAGU-AoVllNtjPkHN4-Aw";

// As jwk, but with one member another, or gone where `value` is discarded.
Json changed(const Vector& jwk, const std::string& member, const Vector& value) {
    Vector copy = jwk;
    if (value.is_discarded()) {
        copy.erase(member);
    } else {
        copy[member] = value;
    }
    return asJson(copy);
}

} // namespace

class TestKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keys_data() { addRows(cases("keys", {"name", "pkcs8_pem", "jwk", "kid", "error"})); }
    void keys();
    void wrapped_data() { addRows(cases("wrapped", {"name", "kid", "wrapped_key", "key", "error"})); }
    void wrapped();
    void fieldKeys_data() { addRows(cases("field_keys", {"name", "mode", "path", "domain", "key"})); }
    void fieldKeys();
    void joinKeyFields_data() {
        addRows(cases("join_key_fields", {"name", "mode", "path", "domain", "key", "type", "body", "pad_to", "version",
                                          "token", "value"}));
    }
    void joinKeyFields();
    void joinKeyCommitments_data() {
        addRows(cases("join_key_commitments", {"name", "key", "id", "commitment", "error"}));
    }
    void joinKeyCommitments();
    void fieldKeyCommitments_data() {
        addRows(
            cases("field_key_commitments", {"name", "mode", "path", "domain", "run_id", "key", "commitment", "error"}));
    }
    void fieldKeyCommitments();
    void topLevelCommitments();
    void longPathsDerive();
    void fresh();
    void wrapsForAnyRecipient();
    void wrapRefuses();
    void generates4096();
    void jwkRefuses();
    void jwkSets();
    void words();
};

void TestKeys::keys() {
    const Vector& one = rowCase("keys");
    const auto set = jwkFromJson(asJson(one.at("jwk")));
    if (refused(one)) {
        QVERIFY(!set);
        QCOMPARE(set.error(), Error::BadKey);
        return;
    }
    QVERIFY(set);
    const SecretBytes der = vectorPkcs8(text(one, "kid"));
    if (!set->enc.empty()) {
        const auto key = DecryptionKey::fromPkcs8(der);
        QVERIFY(key);
        QCOMPARE(key->kid(), text(one, "kid"));
        QCOMPARE(set->enc.at(0).kid, text(one, "kid"));
        QCOMPARE(set->enc.at(0).modulus, key->publicKey().modulus);
        QVERIFY(toJson(key->publicKey()) == asJson(one.at("jwk")));
        QVERIFY(DecryptionKey::fromPkcs8(key->toPkcs8())->kid() == key->kid());
        QVERIFY(key->toPkcs8() == der);
        QVERIFY(!SigningKey::fromPkcs8(der));
    } else {
        const auto key = SigningKey::fromPkcs8(der);
        QVERIFY(key);
        QCOMPARE(key->kid(), text(one, "kid"));
        QCOMPARE(set->sig.at(0).x, key->publicKey().x);
        QVERIFY(toJson(key->publicKey()) == asJson(one.at("jwk")));
        QVERIFY(key->toPkcs8() == der);
        QVERIFY(!DecryptionKey::fromPkcs8(der));
    }
}

void TestKeys::wrapped() {
    const Vector& one = rowCase("wrapped");
    const DecryptionKey key = vectorDecryptionKey(text(one, "kid"));
    const auto opened = key.unwrap(text(one, "wrapped_key"));
    if (refused(one)) {
        QVERIFY(!opened);
        QCOMPARE(opened.error(), Error::UnwrapFailed);
        return;
    }
    QVERIFY(opened);
    QVERIFY(*opened == secret(text(one, "key")));
}

void TestKeys::fieldKeys() {
    const Vector& one = rowCase("field_keys");
    const Mode mode = modeOf(text(one, "mode"));
    const SecretBytes key = mode == Mode::Gcm || mode == Mode::ChaCha
                                ? deriveFieldKey(vectorDek(), vectorRun(), mode, text(one, "path"))
                                : deriveJoinFieldKey(vectorDek(), text(one, "domain"), mode, text(one, "path"));
    QVERIFY(key == secret(text(one, "key")));
}

void TestKeys::joinKeyFields() {
    const Vector& one = rowCase("join_key_fields");
    const SecretBytes joinKey = secret(text(vectors().at("join_key"), "key"));
    QVERIFY(deriveJoinFieldKey(joinKey, text(one, "domain"), modeOf(text(one, "mode")), text(one, "path")) ==
            secret(text(one, "key")));
}

void TestKeys::joinKeyCommitments() {
    const Vector& one = rowCase("join_key_commitments");
    const bool same =
        equalConstantTime(joinCommitment(secret(text(one, "key")), text(one, "id")), b64(text(one, "commitment")));
    QCOMPARE(same, !refused(one));
}

void TestKeys::fieldKeyCommitments() {
    const Vector& one = rowCase("field_key_commitments");
    const Bytes own = fieldCommitment(secret(text(one, "key")), runId(text(one, "run_id")));
    QCOMPARE(equalConstantTime(own, b64(text(one, "commitment"))), !refused(one));
    QVERIFY(vectorFieldKey(modeOf(text(one, "mode")), text(one, "path")) == secret(text(one, "key")));
}

void TestKeys::topLevelCommitments() {
    QCOMPARE(commitment(vectorDek(), vectorRun()), b64(text(vectors(), "commitment")));
    const Vector& join = vectors().at("join_key");
    refuseUnknownMembers(join, {"id", "version", "key", "commitment"});
    QCOMPARE(joinCommitment(secret(text(join, "key")), text(join, "id")), b64(text(join, "commitment")));
    QVERIFY(commitment(vectorDek(), runId(text(vectors(), "run_id_2"))) != b64(text(vectors(), "commitment")));
}

void TestKeys::longPathsDerive() {
    const std::string path(5000, 'p');
    const auto a = deriveFieldKey(vectorDek(), vectorRun(), Mode::Gcm, path);
    const auto b = deriveFieldKey(vectorDek(), vectorRun(), Mode::Gcm, path + "q");
    QCOMPARE(a.size(), std::size_t{32});
    QVERIFY(!(a == b));
}

void TestKeys::fresh() {
    QVERIFY(!(freshDek() == freshDek()));
    QCOMPARE(freshDek().size(), std::size_t{32});
    QVERIFY(freshRunId() != freshRunId());
}

void TestKeys::wrapsForAnyRecipient() {
    const SecretBytes dek = freshDek();
    for (const Vector& one : vectors().at("keys")) {
        if (refused(one) || one.at("jwk").at("use") != "enc") {
            continue;
        }
        const auto set = jwkFromJson(asJson(one.at("jwk")));
        const auto wrappedKey = wrapKey(dek, set->enc.at(0));
        QVERIFY(wrappedKey);
        QCOMPARE(wrappedKey->size(), b64Length(set->enc.at(0).modulus.size()));
        QVERIFY(*vectorDecryptionKey(text(one, "kid")).unwrap(*wrappedKey) == dek);
        QVERIFY(*wrapKey(dek, set->enc.at(0)) != *wrappedKey);
    }
}

void TestKeys::wrapRefuses() {
    const DecryptionKey key = vectorDecryptionKey(machineDecryption);
    QVERIFY(!wrapKey(SecretBytes(31), key.publicKey()));
    QVERIFY(!wrapKey(SecretBytes(33), key.publicKey()));
    std::string wrappedKey = *wrapKey(freshDek(), key.publicKey());
    for (std::size_t at = 0; at < wrappedKey.size(); at += 101) {
        std::string altered = wrappedKey;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        const auto opened = key.unwrap(altered);
        QVERIFY(!opened);
        QCOMPARE(opened.error(), Error::UnwrapFailed);
    }
    QCOMPARE(key.unwrap("").error(), Error::UnwrapFailed);
    QCOMPARE(key.unwrap(std::string(512, '_')).error(), Error::UnwrapFailed); // not below the modulus
}

void TestKeys::generates4096() {
    const auto key = DecryptionKey::generate(4096);
    QVERIFY(key);
    QCOMPARE(key->publicKey().modulus.size(), std::size_t{512});
    const SecretBytes dek = freshDek();
    QVERIFY(*key->unwrap(*wrapKey(dek, key->publicKey())) == dek);
    QVERIFY(key->toPkcs8().size() <= 2560); // what Windows keeps in one entry
    QCOMPARE(DecryptionKey::generate(2048).error(), Error::BadKey);
    const auto signing = SigningKey::generate();
    QVERIFY(signing);
    QVERIFY(SigningKey::fromPkcs8(signing->toPkcs8())->publicKey().x == signing->publicKey().x);
}

void TestKeys::jwkRefuses() {
    const Vector& enc = vectors().at("keys").at(0).at("jwk");
    const Vector& sig = vectors().at("keys").at(1).at("jwk");
    const Vector gone(nlohmann::json::value_t::discarded);
    for (const Vector& jwk : {enc, sig}) {
        for (const auto& [name, value] : jwk.items()) {
            QVERIFY2(!jwkFromJson(changed(jwk, name, gone)), name.c_str());
            QVERIFY2(!jwkFromJson(changed(jwk, name, nullptr)), name.c_str());
            QVERIFY2(!jwkFromJson(changed(jwk, name, "x")), name.c_str());
        }
        QCOMPARE(jwkFromJson(changed(jwk, "d", "AQAB")).error(), Error::BadKey);
        QCOMPARE(jwkFromJson(changed(jwk, "key_ops", Vector::array())).error(), Error::BadKey);
    }
    QCOMPARE(jwkFromJson(changed(enc, "n", "AA==")).error(), Error::BadEncoding);
    QCOMPARE(jwkFromJson(changed(sig, "x", "A")).error(), Error::BadEncoding);
    QVERIFY(!jwkFromJson(changed(enc, "n", "AA" + text(enc, "n")))); // a leading zero
    QVERIFY(!jwkFromJson(changed(enc, "e", "AAEAAQ")));
    QCOMPARE(jwkFromJson(Json("text")).error(), Error::BadEncoding);
    Bytes modulus = vectorDecryptionKey(machineDecryption).publicKey().modulus;
    const Bytes e = {1, 0, 1};
    QVERIFY(RecipientKey::fromModulus(modulus, e));
    QVERIFY(!RecipientKey::fromModulus(ByteView(modulus).first(256), e));
    modulus.front() &= 0x7f; // 3071 bits
    QVERIFY(!RecipientKey::fromModulus(modulus, e));
    modulus.front() |= 0x80;
    modulus.back() &= 0xfe;
    QVERIFY(!RecipientKey::fromModulus(modulus, e));
    QVERIFY(!VerificationKey::fromRaw(Bytes(31)));
}

void TestKeys::jwkSets() {
    Vector set = {
        {"keys", Vector::array({vectors().at("keys").at(1).at("jwk"), vectors().at("keys").at(0).at("jwk")})}};
    const auto read = jwkSetFromJson(asJson(set));
    QVERIFY(read);
    QCOMPARE(read->enc.at(0).kid, machineDecryption);
    QCOMPARE(read->sig.at(0).kid, machineSigning);
    const auto again = jwkSetFromJson(toJson(*read));
    QVERIFY(again);
    QCOMPARE(again->enc.at(0).modulus, read->enc.at(0).modulus);
    QVERIFY(jwkSetFromJson(asJson(Vector{{"keys", Vector::array()}}))->enc.empty());
    set["more"] = 1;
    QCOMPARE(jwkSetFromJson(asJson(set)).error(), Error::BadKey);
    QCOMPARE(jwkSetFromJson(asJson(Vector{{"keys", 1}})).error(), Error::BadEncoding);
    QCOMPARE(jwkSetFromJson(Json(nullptr)).error(), Error::BadEncoding);
    QVERIFY(!jwkSetFromJson(asJson(Vector{{"keys", Vector::array({vectors().at("keys").at(5).at("jwk")})}})));
}

void TestKeys::words() {
    std::string list;
    for (const auto word : englishWords) {
        list += word;
        list += '\n';
    }
    QCOMPARE(hexLower(sha256(asBytes(list))),
             std::string("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"));
    QCOMPARE(*fingerprintWords(std::string(43, 'A')), std::string("abandon abandon abandon abandon abandon abandon"));
    QCOMPARE(*fingerprintWords("__________________________________________8"), std::string("zoo zoo zoo zoo zoo zoo"));
    QCOMPARE(*fingerprintWords("ABAEAQBAEAQBAEAQBAEAQBAEAQBAEAQBAEAQBAEAQBA"),
             std::string("abandon lens able above absurd acoustic"));
    QCOMPARE(*fingerprintWords(machineSigning), std::string("unfold glare fork master power brief"));
    QVERIFY(!fingerprintWords("AAAA"));
    QVERIFY(!fingerprintWords(std::string(42, 'A')));
    QVERIFY(!fingerprintWords(""));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
