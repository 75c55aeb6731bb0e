#include "crypto/primitives/self_test.h"

#include "crypto/base/b64.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/ed25519.h"
#include "crypto/primitives/ff1.h"
#include "crypto/primitives/hkdf.h"
#include "crypto/primitives/hmac.h"
#include "crypto/primitives/rsa.h"
#include "crypto/primitives/self_test_key.h"
#include "crypto/primitives/siv.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

Bytes hex(std::string_view text) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    Bytes out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        out.push_back(static_cast<Byte>(digit(text[i]) << 4 | digit(text[i + 1])));
    }
    return out;
}

// The bytes 0, 1, 2 …
Bytes counted(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = static_cast<Byte>(i);
    }
    return out;
}

bool same(ByteView a, ByteView b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

constexpr std::string_view associated = "sw1g.1.";
constexpr std::string_view plaintext = "tada@example.org";

bool aeadAnswers(Aead* aead, std::string_view expectedHex) {
    const Bytes nonce = counted(aeadNonce);
    Bytes sealed(plaintext.size() + aeadTag);
    if (!aead || !aead->seal(nonce, asBytes(associated), asBytes(plaintext), sealed.data()) ||
        !same(sealed, hex(expectedHex))) {
        return false;
    }
    Bytes opened(plaintext.size());
    if (!aead->open(nonce, asBytes(associated), sealed, opened.data()) || !same(opened, asBytes(plaintext))) {
        return false;
    }
    sealed.back() ^= 1;
    return !aead->open(nonce, asBytes(associated), sealed, opened.data());
}

bool sivAnswers() {
    const auto siv = Siv::make(SecretBytes(counted(64)), asBytes(associated));
    Bytes sealed(aesBlock + plaintext.size());
    Bytes opened(plaintext.size());
    if (!siv) {
        return false;
    }
    siv->seal(asBytes(plaintext), sealed.data());
    if (!same(sealed, hex("c0cb82b8bf8775934a90fdcb82781b5a5a13177baa2b806357749f7cad0c3aef")) ||
        !siv->open(sealed, opened.data()) || !same(opened, asBytes(plaintext))) {
        return false;
    }
    sealed.front() ^= 1;
    return !siv->open(sealed, opened.data());
}

// NIST SP 800-38G, FF1 sample 7.
bool ff1Answers() {
    const auto ff1 = Ff1::make(hex("2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94"), 10);
    Bytes digits = counted(10);
    const Bytes expected = {6, 6, 5, 7, 6, 6, 7, 0, 0, 9};
    return ff1 && ff1->encrypt(digits, {}) && digits == expected && ff1->decrypt(digits, {}) && digits == counted(10);
}

// FIPS 180-2, RFC 4231 case 2, RFC 5869 case 1.
bool hashesAnswer() {
    const SecretBytes derived = hkdfSha256(Bytes(22, 0x0b), counted(13), hex("f0f1f2f3f4f5f6f7f8f9"), 42);
    return same(sha256(asBytes("abc")), hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")) &&
           same(hmacSha256(asBytes("Jefe"), asBytes("what do ya want for nothing?")),
                hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")) &&
           same(derived.reveal(),
                hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
}

// RFC 8032, 7.1, test 1; the seed in its PKCS#8 frame.
bool ed25519Answers() {
    const auto key = Ed25519PrivateKey::fromPkcs8(
        hex("302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    if (!key) {
        return false;
    }
    const Ed25519Signature signature = key->sign({});
    const Bytes expected = hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                               "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    return same(signature, expected) && ed25519Verify(key->publicKey(), {}, signature) &&
           !ed25519Verify(key->publicKey(), asBytes("x"), signature);
}

bool oaepAnswers() {
    const auto der = b64Decode(selfTestKey);
    const auto wrapped = b64Decode(selfTestWrapped);
    const auto key = der ? RsaPrivateKey::fromPkcs8(*der) : fail(Error::BadEncoding);
    if (!key || !wrapped) {
        return false;
    }
    const auto opened = key->oaepDecrypt(*wrapped);
    const auto wrappedHere = rsaOaepEncrypt(key->publicNumbers(), counted(32));
    if (!opened || !wrappedHere || !same(opened->reveal(), counted(32))) {
        return false;
    }
    const auto openedHere = key->oaepDecrypt(*wrappedHere);
    return openedHere && same(openedHere->reveal(), counted(32));
}

} // namespace

bool selfTest() {
    const SecretBytes key(counted(32));
    return hashesAnswer() &&
           aeadAnswers(makeAes256Gcm(key).get(), "3363b27a8580ba7ae031fbee9f860a0a78c983e5930705566214aaaf70330eab") &&
           aeadAnswers(makeChaCha20Poly1305(key).get(),
                       "fd9a6c616972dd21daf35396b6727c047ac86cc509280fdb91cb3ea95d899b7d") &&
           sivAnswers() && ff1Answers() && ed25519Answers() && oaepAnswers();
}

} // namespace sealwright::crypto
