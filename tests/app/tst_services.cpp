#include "app/services/compose.h"
#include "models/tasks/machine.h"
#include "tests/support/aside.h"
#include "tests/support/need_keyring.h"
#include "tests/support/outcome_code.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace sealwright;
using tests::aside;
using tests::codeOf;

class ServicesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const char* name) const {
        return (m_folder->path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
    }
    Configuration configuration(const char* profile = "profile") const {
        Configuration chosen;
        chosen.keystore = "file:" + path("keystore");
        chosen.passphrase.file = path("passphrase");
        chosen.configDir = path(profile);
        chosen.threads = 3;
        return chosen;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(QFile::decodeName(path("passphrase").c_str()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a passphrase\n");
    }

    void everythingIsThere() {
        const auto services = openServices(configuration());
        QVERIFY(services.ok());
        QVERIFY(services->api && services->store && services->secrets && services->ledger);
        QCOMPARE(services->threads, 3u);
        QCOMPARE(services->secrets->place(), path("keystore"));
        QVERIFY(QFileInfo(QFile::decodeName(services->spoolFolder.c_str())).isDir());
        QCOMPARE(services->keptFolder, path("profile/spool/kept"));
        QVERIFY(QFileInfo::exists(QFile::decodeName(path("profile/profile.sqlite").c_str())));
    }

    void temporaryFilesLieWhereTheOwnerChose() {
        {
            const auto services = openServices(configuration());
            QVERIFY(services.ok());
            QCOMPARE(services->spoolFolder.rfind(path("profile/spool/"), 0), std::size_t(0));
            QVERIFY(services->ledger->setSetting(spoolSetting, path("big disk")).ok());
        }
        const auto services = openServices(configuration());
        QVERIFY(services.ok());
        QCOMPARE(services->spoolFolder.rfind(path("big disk/sealwright-"), 0), std::size_t(0));
        QCOMPARE(services->keptFolder.rfind(path("big disk/sealwright-"), 0), std::size_t(0));
        QVERIFY(!services->spoolTrouble);
    }

    void aChosenFolderThatIsGoneStopsNothing() {
        {
            const auto services = openServices(configuration());
            QVERIFY(services->ledger->setSetting(spoolSetting, path("passphrase")).ok()); // a file
        }
        const auto services = openServices(configuration());
        QVERIFY(services.ok());
        QCOMPARE(services->spoolFolder.rfind(path("profile/spool/"), 0), std::size_t(0));
        QVERIFY(services->spoolTrouble);
        QCOMPARE(std::string(stableId(services->spoolTrouble->code)), std::string("file.failed"));
    }

    void aPersonIsAskedInPlaceOfTheTerminal() {
        auto chosen = configuration();
        chosen.passphrase.file.clear();
        int asked = 0;
        chosen.ask = [&asked](const FileKeystore::Wish& wish) -> Outcome<crypto::SecretBytes> {
            ++asked;
            return wish.first ? Outcome<crypto::SecretBytes>(crypto::SecretBytes(asBytes("from a window")))
                              : fail(Code::InternalBug);
        };
        const auto services = openServices(chosen);
        TaskContext context;
        QCOMPARE(codeOf(aside([&] { return makeKeys(*services, "", context); })), std::string("ok"));
        QCOMPARE(asked, 1);
    }

    void anyServiceKeepsTheRestAlive() {
        std::shared_ptr<Ledger> ledger;
        std::string spool;
        {
            const auto services = openServices(configuration());
            QVERIFY(services.ok());
            ledger = services->ledger;
            spool = services->spoolFolder;
        }
        QVERIFY(QFileInfo::exists(QFile::decodeName(spool.c_str())));
        QVERIFY(ledger->setSetting("a", "b").ok());
        ledger.reset();
        QVERIFY(!QFileInfo::exists(QFile::decodeName(spool.c_str())));
    }

    void keysAreMadeOnceAndFoundAgain() {
        std::string kid;
        {
            const auto services = openServices(configuration());
            TaskContext context;
            const auto made = aside([&] { return makeKeys(*services, "ward 3", context); });
            QCOMPARE(codeOf(made), std::string("ok"));
            kid = made->keys.front().record.kid;
            QCOMPARE(codeOf(aside([&] { return makeKeys(*services, "ward 3", context); })), std::string("key.exists"));
        }
        const auto again = openServices(configuration());
        const auto keys = aside([&] { return loadKeys(*again); });
        QCOMPARE(codeOf(keys), std::string("ok"));
        QCOMPARE(keys->dec.kid(), kid);
    }

    void thePassphraseIsReadWhenItIsNeeded() {
        QVERIFY(QFile::remove(QFile::decodeName(path("passphrase").c_str())));
        const auto services = openServices(configuration());
        QVERIFY(services.ok());
        QCOMPARE(codeOf(services->secrets->read(SecretStore::Entry::SigningKey)), std::string("key.missing"));
        TaskContext context;
        QCOMPARE(codeOf(aside([&] { return makeKeys(*services, "", context); })), std::string("file.not-found"));
    }

    void refusesAKeystoreItDoesNotKnow_data() {
        QTest::addColumn<QString>("keystore");
        for (const char* name : {"", "file:", "folder:x", "Keychain"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void refusesAKeystoreItDoesNotKnow() {
        QFETCH(QString, keystore);
        auto chosen = configuration();
        chosen.keystore = keystore.toStdString();
        QCOMPARE(codeOf(openServices(chosen)), std::string("usage.wrong"));
    }

    void aProfileThatCannotBeIsAFailure() {
        auto chosen = configuration("passphrase");
        QCOMPARE(codeOf(openServices(chosen)), std::string("file.failed"));
    }

    void eachProfileHasItsOwnKeysInTheKeychain() {
        NEED_KEYRING(qEnvironmentVariable("SEALWRIGHT_KEYRING") == QLatin1String("unlocked"));
        auto first = configuration("one"), second = configuration("two");
        first.keystore = second.keystore = "keychain";
        const auto one = openServices(first), two = openServices(second);
        QVERIFY(one->secrets->isSystemKeychain());
        TaskContext context;
        QCOMPARE(codeOf(aside([&] { return makeKeys(*one, "", context); })), std::string("ok"));
        QCOMPARE(codeOf(aside([&] { return loadKeys(*two); })), std::string("key.missing"));
        const auto again = openServices(first);
        QCOMPARE(codeOf(aside([&] { return loadKeys(*again); })), std::string("ok"));
        // What the record says was made, and the keychain lost, is missing, not made again.
        QCOMPARE(codeOf(aside([&] { return one->secrets->remove(SecretStore::Entry::SigningKey); })),
                 std::string("ok"));
        QCOMPARE(codeOf(aside([&] { return loadKeys(*again); })), std::string("key.missing"));
        QCOMPARE(codeOf(aside([&] { return makeKeys(*again, "", context); })), std::string("key.exists"));
    }
};

QTEST_GUILESS_MAIN(ServicesTest)
#include "tst_services.moc"
