#include "app/keychain/file_keystore.h"
#include "app/keychain/private_file.h"
#include "crypto/jose/jws.h"
#include "models/domain/cancel.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace sealwright;
using crypto::SecretBytes;
using Entry = SecretStore::Entry;

namespace {

SecretBytes secret(std::string_view text) {
    return SecretBytes(asBytes(text));
}

int modeOf(const QString& path) {
    struct stat facts = {};
    return ::stat(qPrintable(path), &facts) == 0 ? int(facts.st_mode & 0777) : -1;
}

} // namespace

class KeystoreTest : public QObject {
    Q_OBJECT

    std::optional<crypto::DecryptionKey> m_dec, m_otherDec;
    std::optional<crypto::SigningKey> m_sig;
    QTemporaryDir m_written;
    std::unique_ptr<QTemporaryDir> m_parent;
    QString m_folder;

    FileKeystore store(std::string_view passphrase = "a passphrase") {
        return FileKeystore(m_folder.toStdString(), secret(passphrase));
    }
    QString path(const char* name) const { return m_folder + QLatin1Char('/') + QLatin1String(name); }
    QByteArray content(const char* name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void overwrite(const char* name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static void write(FileKeystore& keystore, const crypto::DecryptionKey& dec, const crypto::SigningKey& sig) {
        QVERIFY(keystore.write(Entry::DecryptionKey, dec.toPkcs8()).ok());
        QVERIFY(keystore.write(Entry::SigningKey, sig.toPkcs8()).ok());
        QVERIFY(keystore.write(Entry::AccessToken, secret("token 1")).ok());
    }
    /// A copy of the one that initTestCase() wrote: scrypt takes its time.
    void fill() {
        QVERIFY(QDir().mkpath(m_folder));
        QCOMPARE(::chmod(qPrintable(m_folder), 0700), 0);
        for (const QFileInfo& file : QDir(m_written.path()).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), m_folder + QLatin1Char('/') + file.fileName()));
    }
    static std::string codeOf(const Outcome<SecretBytes>& outcome) {
        return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
    }
    static std::string codeOf(const Outcome<void>& outcome) {
        return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
    }

private Q_SLOTS:
    void initTestCase() {
        m_dec = std::move(crypto::DecryptionKey::generate()).value();
        m_otherDec = std::move(crypto::DecryptionKey::generate()).value();
        m_sig = std::move(crypto::SigningKey::generate()).value();
        FileKeystore keystore(m_written.path().toStdString(), secret("a passphrase"));
        write(keystore, *m_dec, *m_sig);
    }

    void init() {
        m_parent = std::make_unique<QTemporaryDir>();
        m_folder = m_parent->filePath(QStringLiteral("a/keystore"));
    }

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

    void aWrongPassphraseIsSaid() {
        auto keystore = store();
        fill();
        auto other = store("another");
        QCOMPARE(codeOf(other.read(Entry::DecryptionKey)), std::string("key.passphrase-wrong"));
        QCOMPARE(codeOf(other.read(Entry::AccessToken)), std::string("key.passphrase-wrong"));
        auto none = store("");
        QCOMPARE(codeOf(none.read(Entry::DecryptionKey)), std::string("key.passphrase-wrong"));
        // A second key under another passphrase would make half a keystore.
        QVERIFY(keystore.remove(Entry::SigningKey).ok());
        QCOMPARE(codeOf(other.write(Entry::SigningKey, m_sig->toPkcs8())), std::string("key.passphrase-wrong"));
        QVERIFY(!QFileInfo::exists(path("signing-key.pem")));
    }

    void asksForThePassphraseOnceAndSaysWhenItIsNew() {
        int asked = 0;
        bool wasFirst = false;
        FileKeystore keystore(m_folder.toStdString(), [&](const FileKeystore::Wish& wish) -> Outcome<SecretBytes> {
            ++asked;
            wasFirst = wish.first;
            return secret("a passphrase");
        });
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("key.missing"));
        QCOMPARE(asked, 0);
        write(keystore, *m_dec, *m_sig);
        QVERIFY(keystore.read(Entry::SigningKey).ok());
        QCOMPARE(asked, 1);
        QVERIFY(wasFirst);
        FileKeystore again(m_folder.toStdString(), [&](const FileKeystore::Wish& wish) -> Outcome<SecretBytes> {
            wasFirst = wish.first;
            return fail(Code::Cancelled);
        });
        QCOMPARE(codeOf(again.read(Entry::SigningKey)), std::string("cancelled"));
        QVERIFY(!wasFirst);
    }

    void asksAgainAfterAWrongOneAndKeepsTheRightOne() {
        fill();
        std::vector<bool> again;
        std::string folder;
        FileKeystore keystore(m_folder.toStdString(), [&](const FileKeystore::Wish& wish) -> Outcome<SecretBytes> {
            again.push_back(wish.again);
            folder = wish.folder;
            if (again.size() == 4)
                return fail(Code::KeychainLocked);
            return secret(again.size() == 6 ? "a passphrase" : "another");
        });
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("keychain.locked"));
        QCOMPARE(again, (std::vector<bool>{false, true, true, true}));
        QCOMPARE(folder, m_folder.toStdString());
        QCOMPARE(codeOf(keystore.read(Entry::AccessToken)), std::string("ok"));
        QCOMPARE(again, (std::vector<bool>{false, true, true, true, false, true}));
        QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("ok"));
        QCOMPARE(again.size(), std::size_t(6));
    }

    void whoWaitsGetsTheSameAnswer_data() {
        QTest::addColumn<bool>("given");
        QTest::newRow("the passphrase") << true;
        QTest::newRow("no") << false;
    }

    void whoWaitsGetsTheSameAnswer() {
        QFETCH(bool, given);
        fill();
        std::atomic<int> asked = 0, waiting = 0;
        FileKeystore keystore(m_folder.toStdString(), [&](const FileKeystore::Wish&) -> Outcome<SecretBytes> {
            ++asked;
            while (waiting < 4)
                std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(500)); // until all of them wait in the store
            return given ? Outcome<SecretBytes>(secret("a passphrase")) : fail(Code::KeychainLocked);
        });
        std::vector<std::string> codes(4);
        std::vector<std::thread> threads;
        for (std::string& code : codes)
            threads.emplace_back([&] {
                ++waiting;
                code = codeOf(keystore.read(Entry::SigningKey));
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(asked.load(), 1);
        for (const std::string& code : codes)
            QCOMPARE(code, std::string(given ? "ok" : "keychain.locked"));
    }

    void waitingForSomebodyElsesAnswerCanBeLeft() {
        fill();
        std::atomic<bool> asked = false, answer = false;
        FileKeystore keystore(m_folder.toStdString(), [&](const FileKeystore::Wish&) -> Outcome<SecretBytes> {
            asked = true;
            while (!answer)
                std::this_thread::yield();
            return secret("a passphrase");
        });
        std::thread first([&] { QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("ok")); });
        while (!asked)
            std::this_thread::yield();
        Cancel cancel;
        std::thread second([&] {
            const CancelScope scope(cancel);
            QCOMPARE(codeOf(keystore.read(Entry::SigningKey)), std::string("cancelled"));
        });
        cancel.cancel();
        second.join();
        answer = true;
        first.join();
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
        // A limit on the size of files stands in for a full disk.
        struct rlimit limit = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
        const struct rlimit small = {100, limit.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = keystore.write(Entry::AccessToken, secret("token 2"));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        QCOMPARE(codeOf(written), std::string("keychain.failed"));
        QCOMPARE(content("token.jwe"), before);
        QCOMPARE(QDir(m_folder).entryList(QDir::Files | QDir::Hidden).size(), 4);
    }
};

QTEST_GUILESS_MAIN(KeystoreTest)
#include "tst_keystore.moc"
