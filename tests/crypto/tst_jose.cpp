#include "crypto/jose/jws.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

std::vector<VerificationKey> known(const Vector& one) {
    std::vector<VerificationKey> keys;
    for (const Vector& kid : one.at("known")) {
        keys.push_back(vectorSigningKey(kid.get<std::string>()).publicKey());
    }
    return keys;
}

const std::string machineDecryption = "Bo6GTaiUf8_N_gVCMVCn5DSX55lGIWJAFlK7pzpsSh8";
const std::string machineSigning = "7SxZbcRalDfpi9NL4dQgmsRAGU-AoVllNtjPkHN4-Aw";
const std::string anotherSigner = "Lmml3957vLcr1GUEoRtYseJqBgYhvGqo_dz0kSa8lzA";

std::string b64Text(std::string_view json) {
    return b64Encode(asBytes(json));
}

// Signed by hand, so that a header can be anything.
std::string signedWithHeader(std::string_view header, std::string_view payload, const SigningKey& key) {
    const std::string input = b64Text(header) + "." + b64Text(payload);
    return input + "." + b64Encode(key.sign(asBytes(input)));
}

SecretBytes secretText(std::string_view words) {
    return SecretBytes(asBytes(words));
}

std::string withPart(const std::string& compact, std::size_t index, const std::string& part) {
    std::vector<std::string> parts(1);
    for (const char c : compact) {
        if (c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    parts.at(index) = part;
    std::string out;
    for (const std::string& one : parts) {
        out += (out.empty() ? "" : ".") + one;
    }
    return out;
}

} // namespace

class TestJose : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jws_data() { addRows(cases("jws", {"name", "typ", "known", "payload", "jws", "signer", "error"})); }
    void jws();
    void grants_data() {
        addRows(
            cases("grants", {"name", "now", "known", "recipient", "grant", "payload", "dataset", "restored", "error"}));
    }
    void grants();
    void signsAndVerifies();
    void writesTheHeaderInOneOrder();
    void reasons();
    void everyCharacterMatters();
    void claimedSignerChecksNothing();
    void jweComesBack();
    void jweReasons();
    void lengths();
};

void TestJose::jws() {
    const Vector& one = rowCase("jws");
    const auto signer = verifyDetached(text(one, "jws"), text(one, "typ"), text(one, "payload"), known(one));
    if (refused(one)) {
        QVERIFY(!signer);
        return;
    }
    QVERIFY(signer);
    QCOMPARE(*signer, text(one, "signer"));
    QCOMPARE(*claimedSigner(text(one, "jws")), text(one, "signer"));
    QVERIFY(!verifyDetached(text(one, "jws"), text(one, "typ"), text(one, "payload") + " ", known(one)));
    QCOMPARE(verifyDetached(text(one, "jws"), text(one, "typ"), text(one, "payload"), {}).error(), Error::UnknownKey);
}

// Signature and encryption alone; what a grant says is another layer's to judge.
void TestJose::grants() {
    const Vector& one = rowCase("grants");
    const DecryptionKey recipient = vectorDecryptionKey(text(one, "recipient"));
    const auto outer = verifyJws(text(one, "grant"), "sealwright-grant", known(one));
    if (text(one, "name") == "signed by nobody known") {
        QCOMPARE(outer.error(), Error::UnknownKey);
        return;
    }
    QVERIFY(outer);
    QCOMPARE(verifyJws(text(one, "grant"), "sealwright-job", known(one)).error(), Error::BadHeader);
    const auto inner = decryptJwe(outer->payload, recipient);
    if (text(one, "name") == "sealed for another recipient") {
        QCOMPARE(inner.error(), Error::UnknownKey);
        return;
    }
    QVERIFY(inner);
    if (!refused(one)) {
        QVERIFY(asText(inner->reveal()) == text(one, "payload"));
    }
}

void TestJose::signsAndVerifies() {
    const auto key = SigningKey::generate();
    const std::vector<VerificationKey> keys = {vectorSigningKey(anotherSigner).publicKey(), key->publicKey()};
    const std::string payload("{\"bytes\":\"\xff\0 anything\"}", 24);
    const auto attached = verifyJws(signJws("sealwright-job", payload, *key), "sealwright-job", keys);
    QVERIFY(attached);
    QCOMPARE(attached->payload, payload);
    QCOMPARE(attached->kid, key->kid());
    const std::string detached = signDetached("sealwright-manifest", payload, *key);
    QVERIFY(detached.find("..") != std::string::npos);
    QCOMPARE(*verifyDetached(detached, "sealwright-manifest", payload, keys), key->kid());
    QVERIFY(verifyJws(signJws("sealwright-job", "", *key), "sealwright-job", keys));
}

void TestJose::writesTheHeaderInOneOrder() {
    // Ed25519 is deterministic, so the vector's own bytes must come out.
    const Vector& one = vectors().at("jws").at(0);
    QCOMPARE(signDetached(text(one, "typ"), text(one, "payload"), vectorSigningKey(machineSigning)), text(one, "jws"));
}

void TestJose::reasons() {
    const SigningKey key = vectorSigningKey(machineSigning);
    const std::vector<VerificationKey> keys = {key.publicKey()};
    const auto error = [&](std::string_view header) {
        return verifyJws(signedWithHeader(header, "{}", key), "t", keys).error();
    };
    const std::string kid = "\"kid\":\"" + machineSigning + "\"";
    QVERIFY(verifyJws(signedWithHeader("{\"alg\":\"EdDSA\"," + kid + ",\"typ\":\"t\"}", "{}", key), "t", keys));
    QCOMPARE(error("{\"alg\":\"Ed25519\"," + kid + ",\"typ\":\"t\"}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"eddsa\"," + kid + ",\"typ\":\"t\"}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"EdDSA\"," + kid + ",\"typ\":\"u\"}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"EdDSA\"," + kid + ",\"typ\":\"t\",\"b64\":false}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"EdDSA\"," + kid + ",\"typ\":1}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"EdDSA\"," + kid + "}"), Error::BadHeader);
    QCOMPARE(error("{\"alg\":\"EdDSA\"," + kid + "," + kid + ",\"typ\":\"t\"}"), Error::BadEncoding);
    QCOMPARE(error("[]"), Error::BadEncoding);
    QCOMPARE(error("{\"alg\":\"EdDSA\",\"kid\":\"" + anotherSigner + "\",\"typ\":\"t\"}"), Error::UnknownKey);
    const std::string good = signJws("t", "{}", key);
    QCOMPARE(verifyJws(good + ".", "t", keys).error(), Error::BadEncoding);
    QCOMPARE(verifyJws("", "t", keys).error(), Error::BadEncoding);
    QCOMPARE(verifyJws("..", "t", keys).error(), Error::BadEncoding);
    QCOMPARE(verifyJws(good + "=", "t", keys).error(), Error::BadEncoding);
    QCOMPARE(verifyJws(withPart(good, 1, b64Text("{ }")), "t", keys).error(), Error::BadSignature);
    QCOMPARE(verifyJws(withPart(good, 2, ""), "t", keys).error(), Error::BadSignature);
    QCOMPARE(verifyDetached(good, "t", "{}", keys).error(), Error::BadEncoding); // attached
}

void TestJose::everyCharacterMatters() {
    const SigningKey key = vectorSigningKey(machineSigning);
    const std::vector<VerificationKey> keys = {key.publicKey()};
    const std::string good = signJws("t", "{\"a\":1}", key);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = good;
            changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
            QVERIFY2(!verifyJws(changed, "t", keys), changed.c_str());
        }
    }
}

void TestJose::claimedSignerChecksNothing() {
    const SigningKey key = vectorSigningKey(machineSigning);
    QCOMPARE(*claimedSigner(withPart(signJws("t", "{}", key), 2, "AAAA")), machineSigning);
    QVERIFY(!claimedSigner("x"));
    QVERIFY(!claimedSigner("e30..AAAA"));
}

void TestJose::jweComesBack() {
    const DecryptionKey key = vectorDecryptionKey(machineDecryption);
    for (const std::string& plaintext : {std::string(), std::string("secret"), std::string(1 << 20, 'x')}) {
        const auto jwe = encryptJwe(secretText(plaintext), key.publicKey());
        QVERIFY(jwe);
        const auto back = decryptJwe(*jwe, key);
        QVERIFY(back);
        QVERIFY(asText(back->reveal()) == plaintext);
    }
    QVERIFY(*encryptJwe(secretText("a"), key.publicKey()) != *encryptJwe(secretText("a"), key.publicKey()));
}

void TestJose::jweReasons() {
    const DecryptionKey key = vectorDecryptionKey(machineDecryption);
    const std::string good = *encryptJwe(secretText("secret"), key.publicKey());
    const std::string kid = "\"kid\":\"" + machineDecryption + "\"";
    const auto header = [&](const std::string& json) {
        return decryptJwe(withPart(good, 0, b64Text(json)), key).error();
    };
    QCOMPARE(header("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"," + kid + "}"), Error::BadHeader);
    QCOMPARE(header("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\"," + kid + "}"), Error::BadHeader);
    QCOMPARE(header("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}"), Error::BadHeader);
    QCOMPARE(header("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"," + kid + ",\"zip\":\"DEF\"}"), Error::BadHeader);
    QCOMPARE(header("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"kid\":\"x\"}"), Error::UnknownKey);
    // The same members in another order are another header, which the tag covers.
    QCOMPARE(header("{" + kid + ",\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}"), Error::UnwrapFailed);
    QCOMPARE(decryptJwe(withPart(good, 1, ""), key).error(), Error::UnwrapFailed);
    QCOMPARE(decryptJwe(withPart(good, 2, b64Text("elevenbytes")), key).error(), Error::BadEncoding);
    QCOMPARE(decryptJwe(withPart(good, 2, b64Text("twelve bytes")), key).error(), Error::UnwrapFailed);
    QCOMPARE(decryptJwe(withPart(good, 3, b64Text("other.")), key).error(), Error::UnwrapFailed);
    QCOMPARE(decryptJwe(withPart(good, 4, b64Text("a tag of 15 byt")), key).error(), Error::BadEncoding);
    QCOMPARE(decryptJwe(withPart(good, 4, b64Text("a tag of 16 byte")), key).error(), Error::UnwrapFailed);
    QCOMPARE(decryptJwe(good + ".", key).error(), Error::BadEncoding);
    QCOMPARE(decryptJwe("", key).error(), Error::BadEncoding);
    const auto other = vectorDecryptionKey("kObo4Yya8-kH3ivFlE5Xmk9p8lTrgou1IuTg0iWRIRQ");
    QCOMPARE(decryptJwe(good, other).error(), Error::UnknownKey);
}

void TestJose::lengths() {
    const DecryptionKey key = vectorDecryptionKey(machineDecryption);
    QCOMPARE(encryptJwe(SecretBytes((1 << 20) + 1), key.publicKey()).error(), Error::LimitReached);
    QCOMPARE(decryptJwe(std::string(2 << 20, 'A'), key).error(), Error::LimitReached);
    QCOMPARE(verifyJws(std::string(3 << 20, 'A'), "t", {}).error(), Error::LimitReached);
    QCOMPARE(verifyDetached(std::string(5000, 'A'), "t", "", {}).error(), Error::LimitReached);
    QCOMPARE(claimedSigner(std::string(2000, 'A') + "..").error(), Error::BadEncoding);
    // The largest JWE fits into a JWS: that is what a grant is.
    const SigningKey signer = vectorSigningKey(machineSigning);
    const std::string largest = *encryptJwe(SecretBytes(1 << 20), key.publicKey());
    QVERIFY(verifyJws(signJws("t", largest, signer), "t", {signer.publicKey()}));
}

QTEST_GUILESS_MAIN(TestJose)
#include "tst_jose.moc"
