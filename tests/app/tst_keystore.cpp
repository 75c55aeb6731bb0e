#include "app/keychain/private_file.h"
#include "crypto/jose/jws.h"
#include "models/domain/cancel.h"
#include "tests/app/keystore_given.h"
#include "tests/support/full_disk.h"

#include <QProcess>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

int modeOf(const QString& path) {
    struct stat facts = {};
    return ::stat(qPrintable(path), &facts) == 0 ? int(facts.st_mode & 0777) : -1;
}

} // namespace

/// Keys and the access token in files of a folder.
class KeystoreTest : public QObject, private GivenKeystore {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginAll(); }
    void init() { begin(); }

    void emptyMeansMissing() {
        auto keystore = store();
        for (const Entry entry : {Entry::DecryptionKey, Entry::SigningKey, Entry::AccessToken}) {
            QCOMPARE(codeOf(keystore.read(entry)), std::string("key.missing"));
            QVERIFY(keystore.remove(entry).ok());
        }
        QVERIFY(!QFileInfo::exists(m_folder)); // reading makes nothing
        QCOMPARE(keystore.place(), m_folder.toStdString());
        QVERIFY(!keystore.isSystemKeychain());
    }

    void whatIsWrittenIsReadByTheNextProcess() {
        auto first = store();
        write(first, *m_dec, *m_sig);
        auto second = store();
        QVERIFY(*second.read(Entry::DecryptionKey) == m_dec->toPkcs8());
        QVERIFY(*second.read(Entry::SigningKey) == m_sig->toPkcs8());
        QVERIFY(*second.read(Entry::AccessToken) == secret("token 1"));
    }

    /// Another process may hold the lock for as long as a person looks at a prompt.
    void aFolderThatIsInUseIsWaitedForUntilOneHasEnough() {
        const std::string folder = m_parent->path().toStdString();
        auto held = FolderLock::take(folder);
        QVERIFY(held.ok());
        const auto impatient = FolderLock::take(folder, std::chrono::milliseconds(0));
        QVERIFY(!impatient);
        QVERIFY(impatient.error().code == Code::KeychainFailed && impatient.error().facts.front() == folder);
        Cancel cancel;
        auto waiting = std::async(std::launch::async, [&] {
            const CancelScope inner(cancel);
            return FolderLock::take(folder, std::chrono::hours(24));
        });
        cancel.cancel();
        const auto cancelled = waiting.get();
        QVERIFY(!cancelled && cancelled.error().code == Code::Cancelled);
        { const auto ended = std::move(held); }
        QVERIFY(FolderLock::take(folder, std::chrono::milliseconds(0)).ok());
    }

    void onlyTheOwnerMayTouchIt() {
        auto keystore = store();
        write(keystore, *m_dec, *m_sig);
        QCOMPARE(modeOf(m_folder), 0700);
        const auto names = QDir(m_folder).entryList(QDir::Files, QDir::Name);
        QCOMPARE(names, QStringList({QStringLiteral("decryption-key.pem"), QStringLiteral("keys.json"),
                                     QStringLiteral("signing-key.pem"), QStringLiteral("token.jwe")}));
        for (const QString& name : names)
            QCOMPARE(modeOf(m_folder + QLatin1Char('/') + name), 0600);
    }

    void filesSayWhatTheyAre() {
        auto keystore = store();
        fill();
        const QByteArray pem = content("decryption-key.pem");
        QVERIFY(pem.startsWith("Sealwright keystore: recipient key"));
        QVERIFY(pem.contains(QByteArray("\nkid: " + QByteArray::fromStdString(m_dec->kid()) + "\n")));
        QVERIFY(pem.contains("\nwritten: 20"));
        QVERIFY(pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        QVERIFY(content("signing-key.pem").contains(QByteArray::fromStdString("kid: " + m_sig->kid())));
        const auto halves = crypto::jwkSetFromJson(*crypto::parseControlJson(content("keys.json").toStdString()));
        QVERIFY(halves.ok());
        QCOMPARE(halves->enc.size(), std::size_t{1});
        QCOMPARE(halves->enc[0].kid, m_dec->kid());
        QCOMPARE(halves->sig[0].kid, m_sig->kid());
        QCOMPARE(content("token.jwe").count('.'), 4);
        QVERIFY(!content("token.jwe").contains("token 1"));
    }

    void plainOpensslOpensIt() {
        auto keystore = store();
        fill();
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("pkcs8"), QStringLiteral("-topk8"), QStringLiteral("-nocrypt"),
                       QStringLiteral("-in"), path("decryption-key.pem"), QStringLiteral("-passin"),
                       QStringLiteral("pass:a passphrase"), QStringLiteral("-outform"), QStringLiteral("DER")});
        QVERIFY(openssl.waitForFinished());
        QCOMPARE(openssl.exitCode(), 0);
        const QByteArray der = openssl.readAllStandardOutput();
        QVERIFY(SecretBytes(ByteView(reinterpret_cast<const Byte*>(der.data()), std::size_t(der.size()))) ==
                m_dec->toPkcs8());
    }

    void aKeyIsNeverOverwritten() {
        auto keystore = store();
        fill();
        const QByteArray before = content("decryption-key.pem"), halves = content("keys.json");
        QCOMPARE(codeOf(keystore.write(Entry::DecryptionKey, m_otherDec->toPkcs8())), std::string("key.exists"));
        QCOMPARE(codeOf(keystore.write(Entry::SigningKey, m_sig->toPkcs8())), std::string("key.exists"));
        QCOMPARE(content("decryption-key.pem"), before);
        QCOMPARE(content("keys.json"), halves);
    }

    void ofManyThatWriteAtOnceOneWins() {
        std::atomic<int> won{0}, refused{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                auto keystore = store();
                const auto outcome = keystore.write(Entry::SigningKey, crypto::SigningKey::generate()->toPkcs8());
                ++(outcome ? won : refused);
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(won.load(), 1);
        QCOMPARE(refused.load(), 3);
        // What keys.json names is what is there.
        auto keystore = store();
        const auto key = crypto::SigningKey::fromPkcs8(*keystore.read(Entry::SigningKey));
        QVERIFY(content("keys.json").contains(QByteArray::fromStdString(key->kid())));
    }

    /// As a rotation leaves them.
    void keysOfBeforeAndAfterLieSideBySide() {
        fill();
        auto keystore = store();
        const auto newSig = crypto::SigningKey::generate().value();
        const std::string dec = m_otherDec->kid(), sig = newSig.kid();
        QCOMPARE(codeOf(keystore.write({Entry::AccessToken, dec}, secret("too early"))), std::string("key.missing"));
        QVERIFY(keystore.write({Entry::DecryptionKey, dec}, m_otherDec->toPkcs8()).ok());
        QVERIFY(keystore.write({Entry::SigningKey, sig}, newSig.toPkcs8()).ok());
        QVERIFY(keystore.write({Entry::AccessToken, dec}, secret("token 2")).ok());
        QCOMPARE(codeOf(keystore.write({Entry::SigningKey, sig}, m_sig->toPkcs8())), std::string("key.exists"));
        auto next = store();
        QVERIFY(*next.read(Entry::DecryptionKey) == m_dec->toPkcs8());
        QVERIFY(*next.read(Entry::SigningKey) == m_sig->toPkcs8());
        QVERIFY(*next.read(Entry::AccessToken) == secret("token 1"));
        QVERIFY(*next.read({Entry::DecryptionKey, dec}) == m_otherDec->toPkcs8());
        QVERIFY(*next.read({Entry::SigningKey, sig}) == newSig.toPkcs8());
        QVERIFY(*next.read({Entry::AccessToken, dec}) == secret("token 2"));
        QVERIFY(content(("token-" + dec + ".jwe").c_str()).size() > 100);
        const auto halves = crypto::jwkSetFromJson(*crypto::parseControlJson(content("keys.json").toStdString()));
        QVERIFY(halves && halves->enc.size() == 2 && halves->sig.size() == 2);
        // A new token for the first ones is still sealed for the first ones.
        QVERIFY(next.write(Entry::AccessToken, secret("token 1b")).ok());
        QVERIFY(*next.read(Entry::AccessToken) == secret("token 1b"));

        QVERIFY(next.remove({Entry::DecryptionKey, dec}).ok());
        QCOMPARE(codeOf(next.read({Entry::DecryptionKey, dec})), std::string("key.missing"));
        QVERIFY(*next.read(Entry::DecryptionKey) == m_dec->toPkcs8());
        QVERIFY(!content("keys.json").contains(dec.c_str()) && content("keys.json").contains(m_dec->kid().c_str()));
    }

    void aNameThatIsNoKidIsRefused() {
        fill();
        auto keystore = store();
        for (const char* name : {"../x", "a/b", ".", "a b"}) {
            QCOMPARE(codeOf(keystore.read({Entry::AccessToken, name})), std::string("internal.bug"));
            QCOMPARE(codeOf(keystore.write({Entry::AccessToken, name}, secret("t"))), std::string("internal.bug"));
            QCOMPARE(codeOf(keystore.remove({Entry::AccessToken, name})), std::string("internal.bug"));
        }
    }

    void aTokenIsReplaced() {
        auto keystore = store();
        fill();
        QVERIFY(keystore.write(Entry::AccessToken, secret("token 2")).ok());
        QVERIFY(*keystore.read(Entry::AccessToken) == secret("token 2"));
    }

    void aTokenNeedsAKey() {
        auto keystore = store();
        QCOMPARE(codeOf(keystore.write(Entry::AccessToken, secret("t"))), std::string("key.missing"));
    }

    void removingTakesTheEntryAlone() {
        auto keystore = store();
        fill();
        QVERIFY(keystore.remove(Entry::SigningKey).ok());
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("key.missing"));
        QVERIFY(!content("keys.json").contains(QByteArray::fromStdString(m_sig->kid())));
        QVERIFY(keystore.read(Entry::DecryptionKey).ok());
        QVERIFY(keystore.remove(Entry::AccessToken).ok());
        QVERIFY(keystore.remove(Entry::DecryptionKey).ok());
        QVERIFY(QDir(m_folder).entryList(QDir::Files).isEmpty());
        QVERIFY(keystore.write(Entry::SigningKey, m_sig->toPkcs8()).ok()); // and it can be filled again
    }

    void refusesWhatOthersMayRead_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("mode");
        QTest::newRow("folder, others search") << QString() << 0701;
        QTest::newRow("folder, group reads") << QString() << 0740;
        QTest::newRow("key, others read") << QStringLiteral("/decryption-key.pem") << 0604;
        QTest::newRow("key, group writes") << QStringLiteral("/decryption-key.pem") << 0620;
    }
    void refusesWhatOthersMayRead() {
        QFETCH(QString, name);
        QFETCH(int, mode);
        auto keystore = store();
        fill();
        QCOMPARE(::chmod(qPrintable(m_folder + name), mode_t(mode)), 0);
        const auto read = keystore.read(Entry::DecryptionKey);
        QCOMPARE(codeOf(read), std::string("keychain.denied"));
        QCOMPARE(read.error().facts.front(), (m_folder + name).toStdString());
        if (name.isEmpty())
            QCOMPARE(codeOf(keystore.write(Entry::AccessToken, secret("t"))), std::string("keychain.denied"));
    }

    void damageIsAFailure_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no PEM") << QByteArray("decryption-key.pem") << QByteArray("hello")
                                << QByteArray("keychain.failed");
        QTest::newRow("empty") << QByteArray("decryption-key.pem") << QByteArray() << QByteArray("keychain.failed");
        QTest::newRow("broken block")
            << QByteArray("decryption-key.pem")
            << QByteArray("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")
            << QByteArray("keychain.failed");
        QTest::newRow("too large") << QByteArray("decryption-key.pem") << QByteArray(2 << 20, 'x')
                                   << QByteArray("keychain.failed");
        QTest::newRow("no JWE") << QByteArray("token.jwe") << QByteArray("a.b.c") << QByteArray("keychain.failed");
    }
    void damageIsAFailure() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, code);
        auto keystore = store();
        fill();
        overwrite(name.constData(), content);
        QCOMPARE(codeOf(keystore.read(name == "token.jwe" ? Entry::AccessToken : Entry::DecryptionKey)),
                 code.toStdString());
    }

    void anotherKindOfKeyIsAFailure() {
        auto keystore = store();
        QCOMPARE(codeOf(keystore.write(Entry::DecryptionKey, m_sig->toPkcs8())), std::string("key.wrong"));
        QCOMPARE(codeOf(keystore.write(Entry::SigningKey, secret("no key"))), std::string("key.wrong"));
        QVERIFY(QDir(m_folder).entryList(QDir::Files).isEmpty());
        fill();
        overwrite("signing-key.pem", content("decryption-key.pem"));
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("key.wrong"));
    }

    void aTokenForAnotherKeyIsAFailure() {
        auto keystore = store();
        fill();
        overwrite("token.jwe", QByteArray::fromStdString(*crypto::encryptJwe(secret("t"), m_otherDec->publicKey())));
        QCOMPARE(codeOf(keystore.read(Entry::AccessToken)), std::string("key.wrong"));
    }

    void aFileInTheFoldersPlaceIsAFailure() {
        const QString file = m_parent->filePath(QStringLiteral("file"));
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        FileKeystore keystore(file.toStdString(), secret("p"));
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("keychain.failed"));
        QCOMPARE(codeOf(keystore.write(Entry::SigningKey, m_sig->toPkcs8())), std::string("keychain.failed"));
    }

    void whatCannotBeWrittenWholeIsNotThere() {
        auto keystore = store();
        fill();
        const QByteArray before = content("token.jwe");
        const auto written = [&] {
            const FullDisk full(100);
            return keystore.write(Entry::AccessToken, secret("token 2"));
        }();
        QCOMPARE(codeOf(written), std::string("keychain.failed"));
        QCOMPARE(content("token.jwe"), before);
        QCOMPARE(QDir(m_folder).entryList(QDir::Files | QDir::Hidden).size(), 4);
    }
};

QTEST_GUILESS_MAIN(KeystoreTest)
#include "tst_keystore.moc"
