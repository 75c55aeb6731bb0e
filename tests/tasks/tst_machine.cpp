#include "tests/tasks/fake_world.h"

#include <QDir>
#include <QProcess>
#include <QtTest>

#include <fstream>
#include <sstream>
#include <thread>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

using Entry = SecretStore::Entry;

crypto::SecretBytes passphraseOf(std::string_view text) {
    return crypto::SecretBytes(asBytes(text));
}

std::string textOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

class MachineTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeWorld> m_world;
    std::string kitPath() const { return m_world->services.spoolFolder + "/kit.txt"; }

private Q_SLOTS:
    void init() { m_world = std::make_unique<FakeWorld>(); }

    void keysAreMadeOnce() {
        const auto made = makeKeys(m_world->services, "ward 3", m_world->context);
        QCOMPARE(codeOf(made), std::string("ok"));
        QCOMPARE(made->keys.size(), std::size_t{2});
        QVERIFY(!made->keys[0].record.signing && made->keys[1].record.signing);
        QCOMPARE(made->name, std::string("ward 3"));
        QVERIFY(!made->recoveryKit);
        const auto before = m_world->secrets->kept.at(Entry::SigningKey).clone();
        QCOMPARE(codeOf(makeKeys(m_world->services, "", m_world->context)), std::string("key.exists"));
        QVERIFY(before == m_world->secrets->kept.at(Entry::SigningKey));
    }

    void keysThatTheKeychainLostAreNotMadeAnew() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        m_world->secrets->kept.clear();
        QCOMPARE(codeOf(loadKeys(m_world->services)), std::string("key.missing"));
        QCOMPARE(codeOf(makeKeys(m_world->services, "", m_world->context)), std::string("key.exists"));
        const auto facts = machineFacts(m_world->services, true);
        QVERIFY(facts.ok());
        QVERIFY(facts->keys[0].health && facts->keys[0].health->code == Code::KeyMissing);
    }

    void nothingIsMadeWhereTheKeychainCannotSay() {
        m_world->script.strikeAt(2, Script::Fault::Before); // after the ledger, the first look into the keychain
        QCOMPARE(codeOf(makeKeys(m_world->services, "", m_world->context)), std::string("keychain.locked"));
        QCOMPARE(m_world->script.struck(), std::string("secrets.read"));
        QVERIFY(m_world->secrets->kept.empty());
        QVERIFY(m_world->ledger->keyRecords.empty());
    }

    void aKeychainThatHasAKeyUnknownHereIsLeftAlone() {
        m_world->secrets->kept.insert_or_assign(Entry::SigningKey, passphraseOf("somebody's"));
        const auto refused = makeKeys(m_world->services, "", m_world->context);
        QCOMPARE(codeOf(refused), std::string("key.unrecorded"));
        QCOMPARE(refused.error().facts, (std::vector<std::string>{"a fake", "signing-key"}));
        QCOMPARE(m_world->secrets->kept.size(), std::size_t{1});
        QVERIFY(m_world->secrets->kept.at(Entry::SigningKey) == passphraseOf("somebody's"));
    }

    /// As a crash between keychain and record leaves them, or a profile that was lost.
    void aPairWithoutARecordIsTakenOver() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        m_world->ledger->keyRecords.clear();
        const auto taken = makeKeys(m_world->services, "ward 3", m_world->context);
        QCOMPARE(codeOf(taken), std::string("ok"));
        QVERIFY(taken->takenOver);
        QCOMPARE(taken->keys.size(), std::size_t{2});
        QCOMPARE(taken->keys[0].record.kid, sharedKeys().dec.kid());
        QCOMPARE(taken->keys[1].record.kid, sharedKeys().sig.kid());
        QVERIFY(loadKeys(m_world->services).ok());
        QCOMPARE(codeOf(makeKeys(m_world->services, "", m_world->context)), std::string("key.exists"));
    }

    void halfAPairWithoutARecordIsNamed() {
        for (const Entry entry : bothEntries) {
            FakeWorld world;
            QVERIFY(writeKeys(world.services, sharedKeys(), {entry}).ok());
            const auto refused = makeKeys(world.services, "", world.context);
            QCOMPARE(codeOf(refused), std::string("key.unrecorded"));
            QCOMPARE(refused.error().facts.back(),
                     std::string(entry == Entry::SigningKey ? "signing-key" : "decryption-key"));
            QCOMPARE(world.secrets->kept.size(), std::size_t{1});
            QVERIFY(world.ledger->keyRecords.empty());
        }
    }

    /// A store that hears a cancel does so while what was written is taken back, too.
    void aCancelAtAnyCallLeavesNoHalfPair() {
        FakeWorld probe;
        QVERIFY(storeKeys(probe.services, sharedKeys()).ok());
        for (std::size_t n = 1; n <= probe.script.calls(); ++n) {
            FakeWorld world;
            const CancelScope scope(world.script.owner);
            world.script.strikeAt(n, Script::Fault::Cancel);
            const bool stored = storeKeys(world.services, sharedKeys()).ok();
            const std::size_t there = stored ? 2 : 0;
            const QByteArray where = QByteArray::fromStdString(world.script.struck() + ", call " + std::to_string(n));
            QVERIFY2(world.secrets->kept.size() == there && world.ledger->keyRecords.size() == there, where);
        }
    }

    /// Whatever call fails: never half a pair, and either the way is free again or the keys are there and known.
    void aFailureAtAnyCallLeavesNoHalfPair() {
        FakeWorld probe;
        QVERIFY(storeKeys(probe.services, sharedKeys()).ok());
        const std::size_t calls = probe.script.calls();
        QVERIFY(calls >= 3);
        for (const auto fault : {Script::Fault::Before, Script::Fault::After}) {
            for (std::size_t n = 1; n <= calls; ++n) {
                FakeWorld world;
                world.script.strikeAt(n, fault);
                const auto first = storeKeys(world.services, sharedKeys());
                const QByteArray where =
                    QByteArray::fromStdString(world.script.struck() + ", call " + std::to_string(n));
                QVERIFY2(!first.ok(), where);
                const bool dec = world.secrets->kept.count(Entry::DecryptionKey) > 0;
                const bool sig = world.secrets->kept.count(Entry::SigningKey) > 0;
                QVERIFY2(dec == sig, where);
                if (dec) {
                    QVERIFY2(loadKeys(world.services).ok() && world.ledger->keyRecords.size() == 2, where);
                } else {
                    const auto free = keysWithoutRecord(world.services);
                    QVERIFY2(free.ok() && !free->has_value(), where);
                }
            }
        }
    }

    void keysThatAreNotTheRecordedOnesAreWrong() {
        FakeWorld other;
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(storeKeys(other.services, sharedKeys(1)).ok());
        m_world->secrets->kept.insert_or_assign(Entry::SigningKey, other.secrets->kept.at(Entry::SigningKey).clone());
        QCOMPARE(codeOf(loadKeys(m_world->services)), std::string("key.wrong"));
    }

    void publicHalvesGoOutAndComeIn() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        const auto made = machineFacts(m_world->services, true);
        QVERIFY(made.ok());
        const auto text = exportPublicKeys(m_world->services);
        QVERIFY(text.ok());
        QVERIFY(text->find("\"d\"") == std::string::npos);
        const auto keys = readPublicKeys(*text);
        QVERIFY(keys.ok());
        QCOMPARE(keys->enc.at(0).kid, made->keys[0].record.kid);
        QCOMPARE(keys->sig.at(0).kid, made->keys[1].record.kid);
        for (const char* bad :
             {"", "{}", "{\"keys\":[]}", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
            QCOMPARE(codeOf(readPublicKeys(bad)), std::string("document.invalid"));
    }

    void theRecoveryKitBringsBackTheSameKeys() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        const auto made = machineFacts(m_world->services, true);
        QVERIFY(made.ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        QVERIFY(machineFacts(m_world->services, false)->recoveryKit);
        const std::string kit = textOf(kitPath());
        for (const auto& key : made->keys)
            QVERIFY(kit.find("kid: " + key.record.kid) != std::string::npos);

        FakeWorld fresh;
        QCOMPARE(codeOf(restoreRecoveryKit(fresh.services, kit, passphraseOf("other words"))),
                 std::string("key.passphrase-wrong"));
        QVERIFY(fresh.secrets->kept.empty() && fresh.ledger->keyRecords.empty());
        const auto restored = restoreRecoveryKit(fresh.services, kit, passphraseOf("kit words"));
        QCOMPARE(codeOf(restored), std::string("ok"));
        QCOMPARE(restored->keys[0].record.kid, made->keys[0].record.kid);
        QVERIFY(fresh.secrets->kept.at(Entry::SigningKey) == m_world->secrets->kept.at(Entry::SigningKey));
        QVERIFY(loadKeys(fresh.services).ok());
        QCOMPARE(codeOf(restoreRecoveryKit(fresh.services, kit, passphraseOf("kit words"))), std::string("key.exists"));
    }

    void theKitMendsAKeychainThatLostOneOfThem() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        m_world->secrets->kept.erase(Entry::DecryptionKey);
        QCOMPARE(codeOf(restoreRecoveryKit(m_world->services, textOf(kitPath()), passphraseOf("kit words"))),
                 std::string("ok"));
        QVERIFY(loadKeys(m_world->services).ok());
        QCOMPARE(m_world->ledger->keyRecords.size(), std::size_t{2});
    }

    void theKitOfKeysWithoutARecordTakesThemOver() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        const std::string kit = textOf(kitPath());
        for (const Entries& there : {bothEntries, Entries{Entry::DecryptionKey}, Entries{Entry::SigningKey}}) {
            FakeWorld world;
            QVERIFY(writeKeys(world.services, sharedKeys(), there).ok());
            const auto restored = restoreRecoveryKit(world.services, kit, passphraseOf("kit words"));
            QCOMPARE(codeOf(restored), std::string("ok"));
            QVERIFY(restored->takenOver && restored->recoveryKit);
            QCOMPARE(world.ledger->keyRecords.size(), std::size_t{2});
            QVERIFY(loadKeys(world.services).ok());

            FakeWorld others;
            QVERIFY(writeKeys(others.services, sharedKeys(1), there).ok());
            QCOMPARE(codeOf(restoreRecoveryKit(others.services, kit, passphraseOf("kit words"))),
                     std::string("key.exists"));
            QVERIFY(others.ledger->keyRecords.empty());
            QCOMPARE(others.secrets->kept.size(), there.size());
        }
    }

    void theKitCompletesARecordOfOneKey() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        m_world->ledger->keyRecords.pop_back();
        QCOMPARE(codeOf(restoreRecoveryKit(m_world->services, textOf(kitPath()), passphraseOf("kit words"))),
                 std::string("ok"));
        QCOMPARE(m_world->ledger->keyRecords.size(), std::size_t{2});
    }

    void othersInThePlaceOfTheRecordedKeysAreLeftAlone() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        m_world->secrets->kept.insert_or_assign(Entry::SigningKey, sharedKeys(1).sig.toPkcs8());
        QCOMPARE(codeOf(restoreRecoveryKit(m_world->services, textOf(kitPath()), passphraseOf("kit words"))),
                 std::string("key.wrong"));
        QVERIFY(m_world->secrets->kept.at(Entry::SigningKey) == sharedKeys(1).sig.toPkcs8());
    }

    void anotherMachinesKitIsRefusedHere() {
        FakeWorld other;
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(storeKeys(other.services, sharedKeys(1)).ok());
        QVERIFY(makeRecoveryKit(other.services, kitPath(), false, passphraseOf("kit words")).ok());
        m_world->secrets->kept.clear();
        QCOMPARE(codeOf(restoreRecoveryKit(m_world->services, textOf(kitPath()), passphraseOf("kit words"))),
                 std::string("key.exists"));
        QVERIFY(m_world->secrets->kept.empty());
    }

    void aKitThatExistsIsNotReplacedInSilence() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("one")).ok());
        const std::string before = textOf(kitPath());
        QCOMPARE(codeOf(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("two"))),
                 std::string("file.exists"));
        QCOMPARE(textOf(kitPath()), before);
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), true, passphraseOf("two")).ok());
        QVERIFY(textOf(kitPath()) != before);
    }

    void aDamagedKitIsRefused() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        const std::string kit = textOf(kitPath());
        FakeWorld fresh;
        const std::size_t second = kit.rfind("-----BEGIN");
        for (const std::string& bad :
             {std::string(), kit.substr(0, second), kit + kit.substr(second), kit.substr(0, kit.size() - 40)})
            QCOMPARE(codeOf(restoreRecoveryKit(fresh.services, bad, passphraseOf("kit words"))),
                     std::string("document.invalid"));
        QVERIFY(fresh.secrets->kept.empty());
    }

    void plainOpensslOpensEachBlockOfTheKit() {
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
        QVERIFY(makeRecoveryKit(m_world->services, kitPath(), false, passphraseOf("kit words")).ok());
        const std::string kit = textOf(kitPath()), end = "-----END ENCRYPTED PRIVATE KEY-----\n";
        std::size_t from = 0;
        for (const Entry entry : {Entry::DecryptionKey, Entry::SigningKey}) {
            const std::size_t begin = kit.find("-----BEGIN", from);
            from = kit.find(end, begin) + end.size();
            QProcess openssl;
            openssl.start(QStringLiteral("openssl"),
                          {QStringLiteral("pkey"), QStringLiteral("-passin"), QStringLiteral("pass:kit words")});
            QVERIFY2(openssl.waitForStarted(), "openssl is not installed");
            openssl.write(kit.data() + begin, static_cast<qint64>(from - begin));
            openssl.closeWriteChannel();
            QVERIFY(openssl.waitForFinished(60'000));
            QVERIFY2(openssl.exitCode() == 0, openssl.readAllStandardError());
            QByteArray pem = openssl.readAllStandardOutput();
            pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", "");
            const QByteArray der = QByteArray::fromBase64(pem);
            const crypto::SecretBytes theirs(asBytes({der.constData(), static_cast<std::size_t>(der.size())}));
            QVERIFY(theirs == m_world->secrets->kept.at(entry));
        }
    }
};

QTEST_GUILESS_MAIN(MachineTest)
#include "tst_machine.moc"
