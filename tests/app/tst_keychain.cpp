#include "app/keychain/secret_service.h"
#include "crypto/keys/private_keys.h"
#include "models/domain/cancel.h"
#include "tests/app/keychain_given.h"
#include "tests/support/need_keyring.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>

#include <future>

// The keychain's states: the session's gnome-keyring, one that is locked, none at all, and one that is never heard.

using namespace sealwright;
using namespace sealwright::tests;

namespace {

const auto secretsPath = QStringLiteral("/org/freedesktop/secrets");
const auto serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");

} // namespace

/// Against the Secret Service of the session (SEALWRIGHT_KEYRING=unlocked).
class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { NEED_KEYRING(qEnvironmentVariable("SEALWRIGHT_KEYRING") == QLatin1String("unlocked")); }

    void nothingIsMissing() {
        Asked asked;
        for (const Entry entry : {Entry::DecryptionKey, Entry::SigningKey, Entry::AccessToken}) {
            QCOMPARE(codeOf(asked.read(entry)), std::string("key.missing"));
            QCOMPARE(codeOf(asked.remove(entry)), std::string("ok"));
        }
        QCOMPARE(asked.store.place(), std::string("the system keychain"));
        QVERIFY(asked.store.isSystemKeychain());
    }

    void keepsKeysAsTheyAre() {
        const QString application = QStringLiteral("sealwright-test.") + QUuid::createUuid().toString(QUuid::Id128);
        const auto dec = crypto::DecryptionKey::generate(3072);
        const auto sig = crypto::SigningKey::generate();
        Bytes bytes(2560);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<Byte>(i);
        {
            Asked first(application);
            QCOMPARE(codeOf(first.write(Entry::DecryptionKey, dec->toPkcs8())), std::string("ok"));
            QCOMPARE(codeOf(first.write(Entry::SigningKey, sig->toPkcs8())), std::string("ok"));
            QCOMPARE(codeOf(first.write(Entry::AccessToken, SecretBytes(ByteView(bytes)))), std::string("ok"));
        }
        Asked second(application);
        QVERIFY(*second.read(Entry::DecryptionKey) == dec->toPkcs8());
        QVERIFY(*second.read(Entry::SigningKey) == sig->toPkcs8());
        QVERIFY(*second.read(Entry::AccessToken) == SecretBytes(ByteView(bytes)));
        QCOMPARE(codeOf(Asked().read(Entry::SigningKey)), std::string("key.missing")); // another application
        QCOMPARE(codeOf(second.remove(Entry::DecryptionKey)), std::string("ok"));
        QCOMPARE(codeOf(second.read(Entry::DecryptionKey)), std::string("key.missing"));
        QCOMPARE(codeOf(second.read(Entry::SigningKey)), std::string("ok"));
    }

    void neverOverwritesAKeyButAToken() {
        Asked asked;
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("first"))), std::string("ok"));
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("second"))), std::string("key.exists"));
        QVERIFY(*asked.read(Entry::SigningKey) == secret("first"));
        QCOMPARE(codeOf(asked.write(Entry::AccessToken, secret("first"))), std::string("ok"));
        QCOMPARE(codeOf(asked.write(Entry::AccessToken, secret("second"))), std::string("ok"));
        QVERIFY(*asked.read(Entry::AccessToken) == secret("second"));
    }

    /// As a rotation leaves them: the first keys without a name, later ones by theirs.
    void keysOfBeforeAndAfterLieSideBySide() {
        const QString application = QStringLiteral("sealwright-test.") + QUuid::createUuid().toString(QUuid::Id128);
        const SecretStore::Place places[] = {Entry::DecryptionKey,
                                             Entry::SigningKey,
                                             Entry::AccessToken,
                                             {Entry::DecryptionKey, "kid-1"},
                                             {Entry::SigningKey, "kid-1"},
                                             {Entry::AccessToken, "kid-1"},
                                             {Entry::DecryptionKey, "kid-2"}};
        const auto held = [](const SecretStore::Place& place) {
            return secret(std::to_string(static_cast<int>(place.entry)) + place.name);
        };
        {
            Asked first(application);
            for (const auto& place : places) {
                QCOMPARE(codeOf(first.read(place)), std::string("key.missing"));
                QCOMPARE(codeOf(first.write(place, held(place))), std::string("ok"));
            }
        }
        Asked next(application);
        for (const auto& place : places)
            QVERIFY(*next.read(place) == held(place));
        QCOMPARE(codeOf(next.write({Entry::SigningKey, "kid-1"}, secret("another"))), std::string("key.exists"));
        QCOMPARE(codeOf(next.write({Entry::AccessToken, "kid-1"}, secret("renewed"))), std::string("ok"));
        QVERIFY(*next.read(Entry::AccessToken) == held(Entry::AccessToken));
        QCOMPARE(codeOf(next.remove({Entry::DecryptionKey, "kid-1"})), std::string("ok"));
        QCOMPARE(codeOf(next.read({Entry::DecryptionKey, "kid-1"})), std::string("key.missing"));
        QVERIFY(*next.read(Entry::DecryptionKey) == held(Entry::DecryptionKey));
        QVERIFY(*next.read({Entry::DecryptionKey, "kid-2"}) == held({Entry::DecryptionKey, "kid-2"}));
    }

    void ofManyThatWriteAtOnceOneWins() {
        Asked asked;
        std::vector<std::future<Outcome<void>>> writers;
        for (int i = 0; i < 4; ++i)
            writers.push_back(std::async(std::launch::async, [&asked, i] {
                return asked.store.write(Entry::SigningKey, secret(std::to_string(i)));
            }));
        int won = 0;
        for (auto& writer : writers) {
            const auto outcome = aside([&] { return writer.get(); });
            won += outcome.ok();
            if (!outcome)
                QCOMPARE(codeOf(outcome), std::string("key.exists"));
        }
        QCOMPARE(won, 1);
    }

    /// Whenever the owner cancels: what write() says is what has happened.
    void aCancelledWriteIsDoneOrNot() {
        bool done = false;
        int turns = 0;
        for (; !done; ++turns) {
            QVERIFY2(turns < 500, "a write takes that many turns of the event loop");
            Asked asked;
            Cancel cancel;
            auto writing = std::async(std::launch::async, [&] {
                const CancelScope scope(cancel);
                return asked.store.write(Entry::SigningKey, secret("s"));
            });
            const auto ended = [&writing] {
                return writing.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
            };
            const auto turn = [] {
                QThread::msleep(1);
                QCoreApplication::processEvents();
            };
            for (int i = 0; i < turns && !ended(); ++i)
                turn();
            cancel.cancel();
            while (!ended())
                turn();
            const auto written = writing.get();
            // What was still on its way has arrived once a later job of the keychain's queue has ended.
            QCOMPARE(codeOf(asked.write(Entry::AccessToken, secret("t"))), std::string("ok"));
            QCOMPARE(codeOf(asked.remove(Entry::AccessToken)), std::string("ok"));
            const auto there = asked.read(Entry::SigningKey);
            if (written) {
                QVERIFY(there.ok() && *there == secret("s"));
                QCOMPARE(codeOf(asked.remove(Entry::SigningKey)), std::string("ok"));
            } else {
                QCOMPARE(codeOf(written), std::string("cancelled"));
                QCOMPARE(codeOf(there), std::string("key.missing"));
            }
            done = written.ok();
        }
        QVERIFY(turns > 1);
    }

    void entriesNameTheApplication() {
        Asked asked(QStringLiteral("sealwright-test.named"));
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("s"))), std::string("ok"));
        const keychain::EntryName name{QStringLiteral("sealwright-test.named"),
                                       QStringLiteral("sealwright-test.named/signing-key")};
        const auto there = aside([&] { return keychain::look(name); });
        QVERIFY(there.ok() && *there == keychain::Presence::Unlocked);
        QCOMPARE(codeOf(asked.remove(Entry::SigningKey)), std::string("ok"));
    }

    void theMainThreadIsNotMadeToWaitForItself() {
        Asked asked;
        QCOMPARE(codeOf(asked.store.read(Entry::SigningKey)), std::string("internal.bug"));
        QCOMPARE(codeOf(asked.store.write(Entry::SigningKey, secret("s"))), std::string("internal.bug"));
        QCOMPARE(codeOf(asked.store.remove(Entry::SigningKey)), std::string("internal.bug"));
    }
};

/// Against a real keyring that this test locks; without a display, so nobody can be asked.
class LockedTest : public QObject {
    Q_OBJECT

    Asked m_asked;

private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(codeOf(m_asked.write(Entry::SigningKey, secret("kept"))), std::string("ok"));
        QCOMPARE(codeOf(m_asked.write(Entry::AccessToken, secret("token"))), std::string("ok"));
        auto alias =
            QDBusMessage::createMethodCall(secretsName, secretsPath, serviceInterface, QStringLiteral("ReadAlias"));
        alias << QStringLiteral("default");
        const QDBusReply<QDBusObjectPath> collection = QDBusConnection::sessionBus().call(alias);
        QVERIFY(collection.isValid());
        auto lock = QDBusMessage::createMethodCall(secretsName, secretsPath, serviceInterface, QStringLiteral("Lock"));
        lock << QVariant::fromValue(QList<QDBusObjectPath>{collection.value()});
        const auto locked = QDBusConnection::sessionBus().call(lock);
        QCOMPARE(locked.type(), QDBusMessage::ReplyMessage);
    }

    void lockedIsNotMissing() {
        QCOMPARE(codeOf(m_asked.read(Entry::SigningKey)), std::string("keychain.locked"));
        QCOMPARE(codeOf(m_asked.read(Entry::AccessToken)), std::string("keychain.locked"));
        QCOMPARE(codeOf(m_asked.remove(Entry::SigningKey)), std::string("keychain.locked"));
    }

    void aKeyThatIsThereIsSeenWithoutUnlocking() {
        QCOMPARE(codeOf(m_asked.write(Entry::SigningKey, secret("new"))), std::string("key.exists"));
    }

    void nothingIsWrittenIntoALockedKeyring() {
        QCOMPARE(codeOf(m_asked.write(Entry::AccessToken, secret("new"))), std::string("keychain.locked"));
        QCOMPARE(codeOf(m_asked.write(Entry::DecryptionKey, secret("new"))), std::string("keychain.locked"));
        QCOMPARE(codeOf(m_asked.read(Entry::DecryptionKey)), std::string("key.missing"));
    }
};

/// On a bus where nobody keeps secrets and nobody can be started for it, or without a bus.
class NoServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isSaid() {
        Asked asked;
        QCOMPARE(codeOf(asked.read(Entry::SigningKey)), std::string("keychain.no-service"));
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("s"))), std::string("keychain.no-service"));
        QCOMPARE(codeOf(asked.write(Entry::AccessToken, secret("s"))), std::string("keychain.no-service"));
        QCOMPARE(codeOf(asked.remove(Entry::SigningKey)), std::string("keychain.no-service"));
        QCOMPARE(asked.read(Entry::SigningKey).error().facts.front(), std::string("the system keychain"));
    }
};

/// Where Qt was told not to use GLib's event loop, libsecret is never heard: said at once, not waited for.
class NoGlibTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isSaid() {
        Asked asked;
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("s"))), std::string("keychain.failed"));
        QCOMPARE(codeOf(asked.read(Entry::SigningKey)), std::string("key.missing"));
    }
};

/// Starts the others, each in the surroundings that it needs.
class KeychainTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void locked() {
        NEED_KEYRING(!qEnvironmentVariableIsEmpty("SEALWRIGHT_KEYRING"));
        passes(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/support/servers/keyring.sh"), {},
               QStringLiteral("--locked"), environment());
    }

    void withoutGlib() {
        NEED_KEYRING(!qEnvironmentVariableIsEmpty("SEALWRIGHT_KEYRING"));
        auto without = environment();
        without.insert(QStringLiteral("QT_NO_GLIB"), QStringLiteral("1"));
        passes(QStringLiteral("/usr/bin/env"), {}, QStringLiteral("--no-glib"), without);
    }

    void nobodyOnTheBus() {
        passes(QStringLiteral("dbus-run-session"), emptyBus(m_folder), QStringLiteral("--no-service"), environment());
    }

    void noBus() {
        auto without = environment();
        without.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent/bus"));
        passes(QStringLiteral("/usr/bin/env"), {}, QStringLiteral("--no-service"), without);
    }
};

int main(int argc, char** argv) {
    const QString which = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    QCoreApplication application(argc, argv);
    std::unique_ptr<QObject> alone;
    if (which == QLatin1String("--locked"))
        alone = std::make_unique<LockedTest>();
    else if (which == QLatin1String("--no-service"))
        alone = std::make_unique<NoServiceTest>();
    else if (which == QLatin1String("--no-glib"))
        alone = std::make_unique<NoGlibTest>();
    if (alone)
        return QTest::qExec(alone.get(), {QStringLiteral("tst_keychain")});
    SessionTest session;
    KeychainTest others;
    const int failed = QTest::qExec(&session, argc, argv);
    return failed + QTest::qExec(&others, argc, argv);
}

#include "tst_keychain.moc"
