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

SecretBytes passphrase(std::string_view words) {
    return SecretBytes(asBytes(words));
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
    void pkcs8Refuses();
    void pemAtRest();
    void pemFromElsewhere();
    void pemRefuses();
    void publicPem();
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

void TestKeys::pkcs8Refuses() {
    const SecretBytes der = vectorPkcs8(machineDecryption);
    SecretBytes longer(der.size() + 1);
    std::copy(der.reveal().begin(), der.reveal().end(), longer.revealMutable().begin());
    QCOMPARE(DecryptionKey::fromPkcs8(longer).error(), Error::BadEncoding);
    QCOMPARE(DecryptionKey::fromPkcs8(SecretBytes(der.reveal().first(100))).error(), Error::BadEncoding);
    QCOMPARE(DecryptionKey::fromPkcs8(SecretBytes()).error(), Error::BadEncoding);
    QCOMPARE(SigningKey::fromPkcs8(SecretBytes(20000)).error(), Error::BadEncoding);
    QCOMPARE(SigningKey::fromPkcs8(der).error(), Error::BadKey);
    // DSA without parameters: what is of another kind is refused before it is loaded, which can take minutes.
    const SecretBytes dsa(ByteView(std::array<Byte, 23>{0x30, 0x15, 2, 1, 0, 0x30, 0x0b, 6, 7, 0x2a, 0x86, 0x48,
                                                        0xce, 0x38, 4, 1, 5, 0,    4,    3, 2, 1,    7}));
    QCOMPARE(DecryptionKey::fromPkcs8(dsa).error(), Error::BadKey);
    QCOMPARE(SigningKey::fromPkcs8(dsa).error(), Error::BadKey);
}

void TestKeys::pemAtRest() {
    const SecretBytes der = vectorPkcs8(machineSigning);
    const auto pem = encryptPkcs8Pem(der, passphrase("correct horse ä"));
    QVERIFY(pem);
    QVERIFY(pem->starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    QVERIFY(*decryptPkcs8Pem(*pem, passphrase("correct horse ä")) == der);
    QVERIFY(*decryptPkcs8Pem("kid: x\npurpose: signing\n\n" + *pem, passphrase("correct horse ä")) == der);
    QCOMPARE(decryptPkcs8Pem(*pem, passphrase("wrong")).error(), Error::WrongPassphrase);
    QCOMPARE(decryptPkcs8Pem(*pem, {}).error(), Error::WrongPassphrase);
    QVERIFY(*encryptPkcs8Pem(der, passphrase("p")) != *encryptPkcs8Pem(der, passphrase("p")));
    // PBES2, scrypt, N = 2^14, r = 8, p = 5, AES-256-CBC, as they stand in the DER.
    std::string body = pem->substr(pem->find('\n') + 1);
    body = body.substr(0, body.find('-'));
    std::erase(body, '\n');
    std::erase(body, '=');
    std::replace(body.begin(), body.end(), '+', '-');
    std::replace(body.begin(), body.end(), '/', '_');
    const std::string hex = hexLower(b64(body));
    QVERIFY(hex.find("06092a864886f70d01050d") != std::string::npos);
    QVERIFY(hex.find("06092b06010401da47040b") != std::string::npos);
    QVERIFY(hex.find("02024000020108020105") != std::string::npos);
    QVERIFY(hex.find("060960864801650304012a") != std::string::npos);
    QCOMPARE(encryptPkcs8Pem(SecretBytes(10), passphrase("p")).error(), Error::BadEncoding);
}

void TestKeys::pemFromElsewhere() {
    // openssl pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA256 -iter 2048 -passout pass:elsewhere
    const std::string pbkdf2 = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                               "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjbtcoTubOKjQICCAAw\n"
                               "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEMQG2nnXpV6QiTO+8kLSBHcEQDir\n"
                               "HTcZoVNWgHPnRGertWnBmXPvhbH7zehwyl8ntvCNFWQs6fN7FXpVdKSnR72wsoYf\n"
                               "EXSuY8IK2oWC1J3LYjY=\n"
                               "-----END ENCRYPTED PRIVATE KEY-----\n";
    const auto der = decryptPkcs8Pem(pbkdf2, passphrase("elsewhere"));
    QVERIFY(der);
    QVERIFY(*der == vectorPkcs8(machineSigning));
    QCOMPARE(decryptPkcs8Pem(pbkdf2, passphrase("elsewhere ")).error(), Error::WrongPassphrase);
    // openssl pkcs8 -topk8 -scrypt -scrypt_N 16384 -scrypt_r 8 -scrypt_p 5
    const std::string scrypt = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                               "MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAgOZg9is1jNLwICQAAC\n"
                               "AQgCAQUwHQYJYIZIAWUDBAEqBBBD/r4RnyjyKb1HhNinWRMoBECe/mCZQAi1Wd10\n"
                               "dt7iJ8zejwf0YrHvYEDvWJGNR7qEAlTA/kxECBSe0h1gU1tl49TCrgwe/HPeTQ0e\n"
                               "5kTWJUTS\n"
                               "-----END ENCRYPTED PRIVATE KEY-----\n";
    QVERIFY(*decryptPkcs8Pem(scrypt, passphrase("elsewhere")) == vectorPkcs8(machineSigning));
}

void TestKeys::pemRefuses() {
    // PBKDF2 with 2^31 - 1 rounds would keep the program busy for half an hour.
    const std::string endless = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                "MIGdMFkGCSqGSIb3DQEFDTBMMCsGCSqGSIb3DQEFDDAeBAjbtcoTubOKjQIEf///\n"
                                "/zAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBAgQQxAbaedelXpCJM77yQtIEdwRA\n"
                                "OKsdNxmhU1aAc+dEZ6u1acGZc++FsfvN6HDKXye28I0VZCzp83sVelV0pKdHvbCy\n"
                                "hh8RdK5jwgrahYLUnctiNg==\n"
                                "-----END ENCRYPTED PRIVATE KEY-----\n";
    QCOMPARE(decryptPkcs8Pem(endless, passphrase("p")).error(), Error::BadEncoding);
    // scrypt with N = 2^17, r = 1, p = 2^17 stays within OpenSSL's 32 MB and would take hours.
    const std::string patient = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                "MIGWMFIGCSqGSIb3DQEFDTBFMCQGCSsGAQQB2kcECzAXBAgOZg9is1jNLwIDAgAA\n"
                                "AgEBAgMCAAAwHQYJYIZIAWUDBAEqBBBD/r4RnyjyKb1HhNinWRMoBECe/mCZQAi1\n"
                                "Wd10dt7iJ8zejwf0YrHvYEDvWJGNR7qEAlTA/kxECBSe0h1gU1tl49TCrgwe/HPe\n"
                                "TQ0e5kTWJUTS\n"
                                "-----END ENCRYPTED PRIVATE KEY-----\n";
    QCOMPARE(decryptPkcs8Pem(patient, passphrase("p")).error(), Error::BadEncoding);
    // Just too much for a person to wait for: N = 2^14, r = 8, p = 41, and 2,000,001 rounds.
    const std::string dear = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                             "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSsGAQQB2kcECzAcBBAAAAAAAAAAAAAAAAAA\n"
                             "AAAAAgJAAAIBCAIBKTAdBglghkgBZQMEASoEEAAAAAAAAAAAAAAAAAAAAAAEQAAA\n"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
                             "AAAAAAAAAAAAAAAAAAA=\n"
                             "-----END ENCRYPTED PRIVATE KEY-----\n";
    QCOMPARE(decryptPkcs8Pem(dear, passphrase("p")).error(), Error::BadEncoding);
    const std::string rounds = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                               "MIGkMGAGCSqGSIb3DQEFDTBTMDIGCSqGSIb3DQEFDDAlBBAAAAAAAAAAAAAAAAAA\n"
                               "AAAAAgMehIEwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAAAAAAAAAAAAAAA\n"
                               "AAAAAAAEQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
                               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
                               "-----END ENCRYPTED PRIVATE KEY-----\n";
    QCOMPARE(decryptPkcs8Pem(rounds, passphrase("p")).error(), Error::BadEncoding);
    // Of the older kinds of encryption none is taken: -v1 PBE-SHA1-3DES.
    const std::string older = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                              "MFgwHAYKKoZIhvcNAQwBAzAOBAjBDMdI3N0/5wICCAAEOBzYL5V7tot//bTceViK\n"
                              "91AKhox0bFTsJT7WDDNtljJvAW8qAxXgAyzZWcdAjUOtHHFIj4TvRHkT\n"
                              "-----END ENCRYPTED PRIVATE KEY-----\n";
    QCOMPARE(decryptPkcs8Pem(older, passphrase("elsewhere")).error(), Error::BadEncoding);
    for (const std::string bad :
         {"", "no pem at all", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\nMC4CAQ"}) {
        QCOMPARE(decryptPkcs8Pem(bad, passphrase("p")).error(), Error::BadEncoding);
    }
    QCOMPARE(decryptPkcs8Pem(std::string(100'000, 'x'), {}).error(), Error::BadEncoding);
}

void TestKeys::publicPem() {
    const std::string rsa = "-----BEGIN PUBLIC KEY-----\n"
                            "MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA4nTlCnO/Z04n3mLeznNF\n"
                            "WnUMpSEnsQn7WOzZT56n0IZTn7IupDmnUmrA9dmJ/dXJWWWCzy5Y8FKe+/jN1qkq\n"
                            "gEdM4ZzN8YyoYH8ptjynuQJAsP6V+lemT0pRAhi9wvfcWLe0YCcST3n25o0aU3Hs\n"
                            "1BETNNmXhlDF/hkyoPylYy691OkNa+xoUOQlCv6bpqUgGDISXrR/7R5+h0T3g0nG\n"
                            "N+Gdr8fON9cxOO5bpPjQT/PZAw8q59fP1i60nL1l4qy0PJJ9woA9pK45vcrkQcAU\n"
                            "qbmXhsTz0AdrnJ6ZVFM6w0JppNG93aAGn1YSruKwrIP6gzhu9L1bdQ1jC2C4OWja\n"
                            "r0wfGYzRfUd8Rpwmgu5F4tZOJOzOrTky+T43RT2aJLEgMjsZXa1DcYA6M5l22HO8\n"
                            "MwAL/UnDW6NbWf20SA1z+U2dJToSeY8aQvKWom2WGwTEFS+Ybfxv8JqDnuFHkxrs\n"
                            "PznJoeFyGiiFIJ40JLm+pGBF95xg0AVUuTDM0VmoWqUfAgMBAAE=\n"
                            "-----END PUBLIC KEY-----\n";
    const std::string ed25519 = "-----BEGIN PUBLIC KEY-----\n"
                                "MCowBQYDK2VwAyEASsvdQkrpTT4qm5hlVHBzL+hK+i/n50ycFIFYDRs3EUM=\n"
                                "-----END PUBLIC KEY-----\n";
    QCOMPARE(publicKeyFromPem(rsa)->enc.at(0).kid, machineDecryption);
    QCOMPARE(publicKeyFromPem("of somebody\n" + ed25519)->sig.at(0).kid, machineSigning);
    const std::string p256 = "-----BEGIN PUBLIC KEY-----\n"
                             "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElqhrtBNBqM5ftdLt3hdLNrAvnn+U\n"
                             "agRVvweX8WYieFLZG1ziDVuIgEp+SyWGStPWlH4OCvpYDiw9R1JKSWLhOw==\n"
                             "-----END PUBLIC KEY-----\n";
    QCOMPARE(publicKeyFromPem(p256).error(), Error::BadKey);
    const std::string rsa2048 = "-----BEGIN PUBLIC KEY-----\n"
                                "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6qVVqLvyNpU1knTMDIhm\n"
                                "QcPujfYtnJL5aU2/N2GNDyJ3rZBkK6h4DMEZDAnAsS1TU1OKC/wlI9j93O1m0ARI\n"
                                "ClObNI8jhbmSFLXJWapQU1LZLhL6xyk4qYFcWG1gW7fodW/ppPbLSfAlzrmry3iZ\n"
                                "7zbADuj0seVbs5YnMqwtf0BjmHf00Bk8Oe2s1LeELq81CTThw8b2sAtJS5s75zvx\n"
                                "tfx/QPokDxF5oQsKRyx3n7YWNVcujjqUZVOOOXgOwjtO8a6wBgyV/NAh6h3YwY88\n"
                                "duvtRLXTO/cwmnwDdwaRGJ0kWVCREcARJ4ESuHhYXrinwHK928jFSSw/HAUvykii\n"
                                "nQIDAQAB\n"
                                "-----END PUBLIC KEY-----\n";
    QCOMPARE(publicKeyFromPem(rsa2048).error(), Error::BadKey);
    QCOMPARE(publicKeyFromPem(text(vectors().at("keys").at(1), "pkcs8_pem")).error(), Error::BadEncoding);
    QCOMPARE(publicKeyFromPem("").error(), Error::BadEncoding);
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
