#include "crypto/base/b64.h"
#include "crypto/jose/jws.h"
#include "crypto/keys/private_keys.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/cmac.h"
#include "crypto/primitives/ed25519.h"
#include "crypto/primitives/ff1.h"
#include "crypto/primitives/hkdf.h"
#include "crypto/primitives/hmac.h"
#include "crypto/primitives/rsa.h"
#include "crypto/primitives/siv.h"
#include "tests/support/not_tried.h"
#include "tests/support/vector_keys.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

// Project Wycheproof's cases. A case of a kind that FORMAT.md uses must come out as it says; one of any other kind (key
// size, nonce size, label …) must be refused whatever it says. The numbers are fixed: a file that shrinks proves less.
namespace {

using Case = nlohmann::json;

Bytes hex(const Case& object, const char* member) {
    const auto digits = object.at(member).get<std::string>();
    Bytes out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        out.push_back(static_cast<Byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return out;
}

Bytes joined(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

bool valid(const Case& one) {
    return one.at("result") == "valid";
}

struct Counts {
    int passed = 0;  ///< of our kind, and valid
    int refused = 0; ///< all others
};

enum class Outcome { Right, Refused, Wrong };

} // namespace

class TestWycheproof : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aesGcm();
    void chaCha();
    void siv();
    void cmac();
    void hkdf();
    void hmac();
    void ed25519();
    void oaep_data();
    void oaep();
    void ff1_data();
    void ff1();
    void jwsAndJwe();

private:
    void run(const QByteArray& file, Counts expected,
             const std::function<Outcome(const Case& group, const Case& one)>& judge,
             const std::function<bool(const Case& group, const Case& one)>& ours);
    Case load(const QByteArray& file);
    void aead(const QByteArray& file, Counts expected, std::unique_ptr<Aead> (*make)(const SecretBytes&));

    QByteArray m_folder;
};

void TestWycheproof::initTestCase() {
    m_folder = qgetenv("SEALWRIGHT_WYCHEPROOF");
    if (m_folder.isEmpty())
        NOT_TRIED("NOTHING CHECKED: SEALWRIGHT_WYCHEPROOF does not name the folder testvectors_v1");
}

Case TestWycheproof::load(const QByteArray& file) {
    std::ifstream stream(m_folder.toStdString() + "/" + file.toStdString() + "_test.json", std::ios::binary);
    return Case::parse(stream);
}

void TestWycheproof::run(const QByteArray& file, Counts expected,
                         const std::function<Outcome(const Case& group, const Case& one)>& judge,
                         const std::function<bool(const Case& group, const Case& one)>& ours) {
    const Case document = load(file);
    Counts counts;
    for (const Case& group : document.at("testGroups")) {
        for (const Case& one : group.at("tests")) {
            const Outcome outcome = judge(group, one);
            const bool shouldPass = ours(group, one) && valid(one);
            const std::string name = file.toStdString() + " " + one.at("tcId").dump() + " " + one.at("comment").dump();
            QVERIFY2(outcome == (shouldPass ? Outcome::Right : Outcome::Refused), name.c_str());
            ++(shouldPass ? counts.passed : counts.refused);
        }
    }
    QCOMPARE(counts.passed + counts.refused, document.at("numberOfTests").get<int>());
    qInfo("%s: %d as they should be, %d refused", file.constData(), counts.passed, counts.refused);
    QCOMPARE(counts.passed, expected.passed);
    QCOMPARE(counts.refused, expected.refused);
}

void TestWycheproof::aead(const QByteArray& file, Counts expected, std::unique_ptr<Aead> (*make)(const SecretBytes&)) {
    run(
        file, expected,
        [make](const Case&, const Case& one) {
            const auto cipher = make(SecretBytes(hex(one, "key")));
            const Bytes nonce = hex(one, "iv"), associated = hex(one, "aad"), plaintext = hex(one, "msg");
            const Bytes stored = joined(hex(one, "ct"), hex(one, "tag"));
            Bytes opened(stored.size());
            if (!cipher || !cipher->open(nonce, associated, stored, opened.data())) {
                return Outcome::Refused;
            }
            opened.resize(stored.size() - aeadTag);
            Bytes sealed(plaintext.size() + aeadTag);
            const bool same =
                cipher->seal(nonce, associated, plaintext, sealed.data()) && sealed == stored && opened == plaintext;
            return same ? Outcome::Right : Outcome::Wrong;
        },
        [](const Case& group, const Case&) {
            return group.at("keySize") == 256 && group.at("ivSize") == 96 && group.at("tagSize") == 128;
        });
}

void TestWycheproof::aesGcm() {
    aead("aes_gcm", {39, 277}, makeAes256Gcm);
}

void TestWycheproof::chaCha() {
    aead("chacha20_poly1305", {256, 69}, makeChaCha20Poly1305);
}

void TestWycheproof::siv() {
    run(
        "aes_siv_cmac", {39, 403},
        [](const Case&, const Case& one) {
            const auto cipher = Siv::make(SecretBytes(hex(one, "key")), hex(one, "aad"));
            const Bytes stored = hex(one, "ct"), plaintext = hex(one, "msg");
            Bytes opened(stored.size());
            if (!cipher || !cipher->open(stored, opened.data())) {
                return Outcome::Refused;
            }
            opened.resize(stored.size() - aesBlock);
            Bytes sealed(plaintext.size() + aesBlock);
            cipher->seal(plaintext, sealed.data());
            return sealed == stored && opened == plaintext ? Outcome::Right : Outcome::Wrong;
        },
        [](const Case& group, const Case&) { return group.at("keySize") == 512; });
}

void TestWycheproof::cmac() {
    run(
        "aes_cmac", {21, 290},
        [](const Case&, const Case& one) {
            const auto mac = Cmac::make(hex(one, "key"));
            const bool same = mac && equalConstantTime(mac->mac(hex(one, "msg")), hex(one, "tag"));
            return same ? Outcome::Right : Outcome::Refused;
        },
        [](const Case& group, const Case&) { return group.at("keySize") == 256 && group.at("tagSize") == 128; });
}

void TestWycheproof::hkdf() {
    run(
        "hkdf_sha256", {83, 3},
        [](const Case&, const Case& one) {
            const SecretBytes key =
                hkdfSha256(hex(one, "ikm"), hex(one, "salt"), hex(one, "info"), one.at("size").get<std::size_t>());
            if (key.empty()) {
                return Outcome::Refused;
            }
            return key == SecretBytes(hex(one, "okm")) ? Outcome::Right : Outcome::Wrong;
        },
        [](const Case&, const Case&) { return true; });
}

void TestWycheproof::hmac() {
    run(
        "hmac_sha256", {33, 141},
        [](const Case&, const Case& one) {
            const bool same = equalConstantTime(hmacSha256(hex(one, "key"), hex(one, "msg")), hex(one, "tag"));
            return same ? Outcome::Right : Outcome::Refused;
        },
        [](const Case& group, const Case&) { return group.at("tagSize") == 256; });
}

void TestWycheproof::ed25519() {
    run(
        "ed25519", {88, 63},
        [](const Case& group, const Case& one) {
            const auto key = VerificationKey::fromRaw(hex(group.at("publicKey"), "pk"));
            return key && ed25519Verify(key->x, hex(one, "msg"), hex(one, "sig")) ? Outcome::Right : Outcome::Refused;
        },
        [](const Case&, const Case&) { return true; });
}

void TestWycheproof::oaep_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("passed");
    QTest::newRow("3072") << QByteArray("rsa_oaep_3072_sha256_mgf1sha256") << 10;
    QTest::newRow("4096") << QByteArray("rsa_oaep_4096_sha256_mgf1sha256") << 10;
}

void TestWycheproof::oaep() {
    QFETCH(QByteArray, file);
    QFETCH(int, passed);
    run(
        file, {passed, 37 - passed},
        [](const Case& group, const Case& one) {
            const SecretBytes der(hex(group, "privateKeyPkcs8"));
            const auto key = RsaPrivateKey::fromPkcs8(der.reveal());
            const auto opened = key->oaepDecrypt(hex(one, "ct"));
            // A wrapped key is such a text of exactly 32 bytes.
            const auto unwrapped = DecryptionKey::fromPkcs8(der)->unwrap(b64Encode(hex(one, "ct")));
            if (unwrapped.ok() != (opened && opened->size() == 32)) {
                return Outcome::Wrong;
            }
            if (!opened) {
                return Outcome::Refused;
            }
            return *opened == SecretBytes(hex(one, "msg")) ? Outcome::Right : Outcome::Wrong;
        },
        [](const Case&, const Case& one) { return one.at("label") == ""; });
}

void TestWycheproof::ff1_data() {
    QTest::addColumn<int>("radix");
    QTest::addColumn<int>("passed");
    QTest::addColumn<int>("refused");
    QTest::newRow("10") << 10 << 1102 << 2743;
    QTest::newRow("16") << 16 << 1100 << 2772;
    QTest::newRow("26") << 26 << 879 << 2197;
    QTest::newRow("36") << 36 << 807 << 2047;
    QTest::newRow("62") << 62 << 711 << 1763;
}

void TestWycheproof::ff1() {
    QFETCH(int, radix);
    QFETCH(int, passed);
    QFETCH(int, refused);
    const auto digits = [](const Case& list) {
        Bytes out;
        for (const Case& digit : list) {
            const int value = digit.get<int>();
            out.push_back(value < 0 || value > 255 ? Byte{255} : static_cast<Byte>(value)); // 255 is no digit either
        }
        return out;
    };
    run(
        "aes_ff1_radix" + QByteArray::number(radix), {passed, refused},
        [&](const Case&, const Case& one) {
            const auto cipher = Ff1::make(hex(one, "key"), static_cast<std::uint32_t>(radix));
            Bytes text = digits(one.at("msg"));
            if (!cipher || !cipher->encrypt(text, hex(one, "tweak"))) {
                return Outcome::Refused;
            }
            const bool same = text == digits(one.at("ct"));
            const bool back = cipher->decrypt(text, hex(one, "tweak")) && text == digits(one.at("msg"));
            return same && back ? Outcome::Right : Outcome::Wrong;
        },
        [&](const Case& group, const Case& one) {
            return group.at("keySize") == 256 && std::pow(radix, one.at("msg").size()) >= 1e6;
        });
}

// None of them has our header: EdDSA with kid and typ, or RSA-OAEP-256 and A256GCM with kid.
void TestWycheproof::jwsAndJwe() {
    const std::vector<VerificationKey> keys = {SigningKey::generate()->publicKey()};
    const auto notOurs = [](const Case&, const Case&) { return false; };
    run(
        "json_web_signature", {0, 401},
        [&](const Case&, const Case& one) {
            const Case& jws = one.at("jws");
            const bool read = jws.is_string() && verifyJws(jws.get<std::string>(), "sealwright-job", keys).ok();
            return read ? Outcome::Right : Outcome::Refused;
        },
        notOurs);
    const DecryptionKey key = vectorDecryptionKey(text(vectors().at("keys").at(0), "kid"));
    run(
        "json_web_encryption", {0, 139},
        [&](const Case&, const Case& one) {
            const Case& jwe = one.at("jwe");
            return jwe.is_string() && decryptJwe(jwe.get<std::string>(), key) ? Outcome::Right : Outcome::Refused;
        },
        notOurs);
}

QTEST_GUILESS_MAIN(TestWycheproof)
#include "tst_wycheproof.moc"
