#include "crypto/primitives/aead.h"
#include "crypto/primitives/cmac.h"
#include "crypto/primitives/ff1.h"
#include "crypto/primitives/hkdf.h"
#include "crypto/primitives/hmac.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/self_test.h"
#include "crypto/primitives/siv.h"
#include "crypto/stream/digest.h"
#include "tests/support/vectors.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

// What Wycheproof does not reach: long inputs, contexts used again, output in place. The hashes over many results were
// made with pyca/cryptography.
namespace {

constexpr std::size_t longest = 9000;
constexpr std::size_t step = 7;

Bytes counted(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<Byte>(i);
    }
    return out;
}

} // namespace

class TestPrimitives : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void passesItsSelfTest() { QVERIFY(selfTest()); }
    void aeadLengths_data();
    void aeadLengths();
    void aeadRefuses_data() { aeadLengths_data(); }
    void aeadRefuses();
    void cmacLengths();
    void sivLengths();
    void sivRefuses();
    void hmacGoesOn();
    void hkdfLengths();
    void hashGoesOn();
    void ff1Refuses();
    void randomDiffers();
};

void TestPrimitives::aeadLengths_data() {
    QTest::addColumn<bool>("gcm");
    QTest::addColumn<QByteArray>("hash");
    QTest::newRow("AES-256-GCM") << true
                                 << QByteArray("b74ee1735310503558892526c481e9e3bf91e132a9c58b6887ac375573ea8544");
    QTest::newRow("ChaCha20-Poly1305") << false
                                       << QByteArray(
                                              "0d28dd7f95992ae42853fd064a5f2339c0d87e82998621c23056821ea9aaf9c6");
}

void TestPrimitives::aeadLengths() {
    QFETCH(bool, gcm);
    QFETCH(QByteArray, hash);
    const auto aead = (gcm ? makeAes256Gcm : makeChaCha20Poly1305)(SecretBytes(counted(32)));
    const Bytes message = countedBytes(longest);
    const Bytes nonce = counted(12);
    Sha256 all;
    for (std::size_t size = 0; size < longest; size += step) {
        const ByteView plaintext = ByteView(message).first(size);
        const ByteView associated = ByteView(message).first(size % 50);
        Bytes sealed(plaintext.begin(), plaintext.end());
        sealed.resize(size + aeadTag);
        QVERIFY(aead->seal(nonce, associated, ByteView(sealed).first(size), sealed.data()));
        all.update(sealed);
        QVERIFY(aead->open(nonce, associated, sealed, sealed.data()));
        QVERIFY(std::equal(plaintext.begin(), plaintext.end(), sealed.begin()));
    }
    QCOMPARE(hexLower(all.finish()), hash.toStdString());
}

void TestPrimitives::aeadRefuses() {
    QFETCH(bool, gcm);
    const auto make = gcm ? makeAes256Gcm : makeChaCha20Poly1305;
    QVERIFY(!make(SecretBytes(16)));
    QVERIFY(!make(SecretBytes(33)));
    const auto aead = make(SecretBytes(counted(32)));
    const Bytes nonce = counted(12);
    Bytes room(100, 7);
    QVERIFY(!aead->seal(counted(11), {}, counted(4), room.data()));
    QVERIFY(!aead->seal(counted(16), {}, counted(4), room.data()));
    QVERIFY(!aead->open(nonce, {}, counted(15), room.data()));
    QVERIFY(aead->seal(nonce, {}, counted(40), room.data()));
    const Bytes good(room.begin(), room.begin() + 56);
    QVERIFY(!aead->open(nonce, asBytes("other"), good, room.data()));
    QVERIFY(std::all_of(room.begin(), room.begin() + 40, [](Byte byte) { return byte == 0; })); // nothing released
    QVERIFY(aead->open(nonce, {}, good, room.data()));
    QVERIFY(std::equal(room.begin(), room.begin() + 40, counted(40).begin()));
}

void TestPrimitives::cmacLengths() {
    const auto cmac = Cmac::make(counted(32));
    const Bytes message = countedBytes(longest);
    Sha256 all;
    for (std::size_t size = 0; size < longest; size += step) {
        all.update(cmac->mac(ByteView(message).first(size)));
    }
    QCOMPARE(hexLower(all.finish()), std::string("2c0f1cdf20eea6593e069d43aa1b2b61eec9b94e4c3249e213afd3bd0e9e33e4"));
    QVERIFY(!Cmac::make(counted(16)));
}

void TestPrimitives::sivLengths() {
    const auto siv = Siv::make(SecretBytes(counted(64)), asBytes("associated"));
    const Bytes message = countedBytes(longest);
    Sha256 all;
    for (std::size_t size = step; size < longest; size += step) {
        const ByteView plaintext = ByteView(message).first(size);
        Bytes sealed(aesBlock + size);
        std::copy(plaintext.begin(), plaintext.end(), sealed.begin() + aesBlock);
        siv->seal(ByteView(sealed).subspan(aesBlock), sealed.data());
        all.update(sealed);
        QVERIFY(siv->open(sealed, sealed.data() + aesBlock));
        QVERIFY(std::equal(plaintext.begin(), plaintext.end(), sealed.begin() + aesBlock));
    }
    QCOMPARE(hexLower(all.finish()), std::string("2bb9bcb564ef3bfb03253498efc4424e1f7f639597fb52e13d7384ed339af723"));
}

void TestPrimitives::sivRefuses() {
    QVERIFY(!Siv::make(SecretBytes(32), {}));
    const auto siv = Siv::make(SecretBytes(counted(64)), asBytes("a"));
    Bytes sealed(aesBlock + 20);
    siv->seal(counted(20), sealed.data());
    Bytes out(20, 9);
    QVERIFY(!Siv::make(SecretBytes(counted(64)), asBytes("b"))->open(sealed, out.data()));
    QVERIFY(std::all_of(out.begin(), out.end(), [](Byte byte) { return byte == 0; }));
    QVERIFY(!siv->open(counted(15), out.data()));
    QVERIFY(siv->open(sealed, out.data()));
    QCOMPARE(out, counted(20));
}

void TestPrimitives::hmacGoesOn() {
    HmacSha256 mac(asBytes("key"));
    for (int i = 0; i < 3; ++i) {
        mac.update(asBytes("The quick brown fox "));
        mac.update(asBytes("jumps over the lazy dog"));
        QCOMPARE(hexLower(mac.finish()),
                 std::string("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"));
    }
    QVERIFY(hmacSha256(counted(64), {}) != hmacSha256(counted(65), {}));
}

void TestPrimitives::hkdfLengths() {
    const SecretBytes all = hkdfSha256(counted(32), {}, asBytes("info"), 255 * 32);
    QCOMPARE(all.size(), std::size_t{255 * 32});
    for (const std::size_t size : {0, 1, 31, 32, 33, 64, 100}) {
        const SecretBytes part = hkdfSha256(counted(32), {}, asBytes("info"), size);
        QVERIFY(equalConstantTime(part.reveal(), all.reveal().first(size)));
    }
    QVERIFY(hkdfSha256(counted(32), {}, {}, 255 * 32 + 1).empty());
}

void TestPrimitives::hashGoesOn() {
    Sha256 hash;
    hash.update(asBytes("abc"));
    hash.finish();
    QCOMPARE(hexLower(hash.finish()), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestPrimitives::ff1Refuses() {
    QVERIFY(!Ff1::make(counted(16), 10));
    QVERIFY(!Ff1::make(counted(32), 1));
    QVERIFY(!Ff1::make(counted(32), 257));
    const auto ff1 = Ff1::make(counted(32), 10);
    Bytes digits = {1, 2, 3, 4, 5, 10};
    QVERIFY(!ff1->encrypt(digits, {}));
    QCOMPARE(digits, Bytes({1, 2, 3, 4, 5, 10}));
    digits.pop_back();
    QVERIFY(!ff1->encrypt(digits, {}));
    digits.assign(1025, 1);
    QVERIFY(!ff1->encrypt(digits, {}));
    QVERIFY(!ff1->decrypt(digits, {}));
    digits.assign(1024, 9);
    const Bytes tweak(100'000, 3);
    QVERIFY(ff1->encrypt(digits, tweak));
    QVERIFY(ff1->decrypt(digits, tweak));
    QCOMPARE(digits, Bytes(1024, 9));
    // The largest radix and the greatest numeral: the arithmetic at its ends.
    const auto bytes = Ff1::make(counted(32), 256);
    digits.assign(1024, 255);
    QVERIFY(bytes->encrypt(digits, {}));
    QVERIFY(bytes->decrypt(digits, {}));
    QCOMPARE(digits, Bytes(1024, 255));
}

void TestPrimitives::randomDiffers() {
    Bytes a(32), b(32);
    fillRandom(a);
    fillRandom(b);
    QVERIFY(a != b);
    fillRandom({});
}

QTEST_GUILESS_MAIN(TestPrimitives)
#include "tst_primitives.moc"
