#include "crypto/base/b64.h"
#include "crypto/keys/private_keys.h"
#include "crypto/stream/digest.h"
#include "tests/support/rows.h"
#include "tests/support/vector_keys.h"

using namespace sealwright;
using namespace sealwright::crypto;
using namespace sealwright::tests;

namespace {

const std::string machineDecryption = "Bo6GTaiUf8_N_gVCMVCn5DSX55lGIWJAFlK7pzpsSh8";
const std::string machineSigning = "7SxZbcRalDfpi9NL4dQgmsRAGU-AoVllNtjPkHN4-Aw";

SecretBytes passphrase(std::string_view words) {
    return SecretBytes(asBytes(words));
}

} // namespace

/// Keys as PEM and PKCS #8, our own and those of others, and what is none or would keep the program busy for hours.
class TestPem : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pkcs8Refuses() {
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

    void pemAtRest() {
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

    void pemFromElsewhere() {
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

    void pemRefuses() {
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
              "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
              "-----BEGIN PRIVATE KEY-----\nMC4CAQ"}) {
            QCOMPARE(decryptPkcs8Pem(bad, passphrase("p")).error(), Error::BadEncoding);
        }
        QCOMPARE(decryptPkcs8Pem(std::string(100'000, 'x'), {}).error(), Error::BadEncoding);
    }

    void publicPem() {
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
};

QTEST_GUILESS_MAIN(TestPem)
#include "tst_pem.moc"
