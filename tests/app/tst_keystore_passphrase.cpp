#include "models/domain/cancel.h"
#include "tests/app/keystore_given.h"

#include <atomic>
#include <chrono>
#include <thread>

using namespace sealwright;
using namespace sealwright::tests;

/// How a keystore comes to its passphrase, and who waits for it.
class KeystorePassphraseTest : public QObject, private GivenKeystore {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginAll(); }
    void init() { begin(); }

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
};

QTEST_GUILESS_MAIN(KeystorePassphraseTest)
#include "tst_keystore_passphrase.moc"
