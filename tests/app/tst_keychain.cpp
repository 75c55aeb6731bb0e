#include "app/keychain/keychain_store.h"
#include "app/keychain/secret_service.h"
#include "crypto/keys/private_keys.h"
#include "models/domain/cancel.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUuid>
#include <QtTest>

#include <future>

// The keychain's states, each against a Secret Service of its own: the session's gnome-keyring, one that is locked,
// none at all, and a made-up one that says what the real one says only to a person. Each lives in a process of its own.

using namespace sealwright;
using crypto::SecretBytes;
using Entry = SecretStore::Entry;

namespace {

const auto secretsName = QStringLiteral("org.freedesktop.secrets");
const auto secretsPath = QStringLiteral("/org/freedesktop/secrets");
const auto serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");

SecretBytes secret(std::string_view text) {
    return SecretBytes(asBytes(text));
}

/// Carries `work` out as a task would: on a thread of its own, while this one has the event loop.
template <class F>
auto aside(F work) {
    QEventLoop loop;
    auto result = std::async(std::launch::async, [&] {
        auto value = work();
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        return value;
    });
    loop.exec();
    return result.get();
}

template <class T>
std::string codeOf(const Outcome<T>& outcome) {
    return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
}

/// A store, asked from the main thread.
struct Asked {
    QTemporaryDir folder;
    KeychainStore store;

    explicit Asked(const QString& application = QStringLiteral("sealwright-test.") +
                                                QUuid::createUuid().toString(QUuid::Id128))
        : store(application, folder.path().toStdString()) {}
    Outcome<SecretBytes> read(Entry entry) {
        return aside([&] { return store.read(entry); });
    }
    Outcome<void> write(Entry entry, const SecretBytes& value) {
        return aside([&] { return store.write(entry, value); });
    }
    Outcome<void> remove(Entry entry) {
        return aside([&] { return store.remove(entry); });
    }
};

} // namespace

/// Against the Secret Service of the session (SEALWRIGHT_KEYRING=unlocked).
class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (qEnvironmentVariable("SEALWRIGHT_KEYRING") != QLatin1String("unlocked"))
            QSKIP("needs a private, unlocked keyring: tests/support/servers/keyring.sh");
    }

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

/// Says over D-Bus what a test wants said.
class FakeService : public QDBusVirtualObject {
    Q_OBJECT

public:
    enum class Prompt { Accepted, Dismissed, Left };
    bool locked = true;
    Prompt prompt = Prompt::Accepted;
    QString error;         ///< what SearchItems fails with
    bool nonsense = false; ///< SearchItems answers with something else
    bool silent = false;   ///< SearchItems is not answered at all
    QStringList calls;

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& from) override {
        QDBusConnection bus = from;
        using Paths = QList<QDBusObjectPath>;
        const Paths item{QDBusObjectPath(QStringLiteral("/item"))}, none;
        calls << message.member();
        const auto answer = [&](const QVariantList& arguments) { return bus.send(message.createReply(arguments)); };
        if (message.member() == QLatin1String("SearchItems")) {
            if (!error.isEmpty())
                return bus.send(message.createErrorReply(error, QStringLiteral("as the test wants it")));
            if (silent)
                return true;
            if (nonsense)
                return answer({QStringLiteral("nonsense")});
            return answer({QVariant::fromValue(locked ? none : item), QVariant::fromValue(locked ? item : none)});
        }
        if (message.member() == QLatin1String("Unlock"))
            return answer({QVariant::fromValue(none), QVariant::fromValue(QDBusObjectPath(QStringLiteral("/prompt")))});
        if (message.member() == QLatin1String("Prompt")) {
            if (prompt == Prompt::Left)
                return answer({});
            locked = prompt != Prompt::Accepted;
            auto completed =
                QDBusMessage::createSignal(QStringLiteral("/prompt"), QStringLiteral("org.freedesktop.Secret.Prompt"),
                                           QStringLiteral("Completed"));
            completed << (prompt == Prompt::Dismissed) << QVariant::fromValue(QDBusVariant(QVariant(0)));
            return answer({}) && bus.send(completed);
        }
        return message.member() == QLatin1String("Dismiss") && answer({});
    }
};

class FakeTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeService> m_fake;
    const keychain::EntryName m_name{QStringLiteral("s"), QStringLiteral("k")};

    QDBusConnection bus() { return QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("fake")); }

private Q_SLOTS:
    void init() {
        m_fake = std::make_unique<FakeService>();
        QVERIFY(bus().registerVirtualObject(QStringLiteral("/"), m_fake.get(), QDBusConnection::SubPath));
        QVERIFY(bus().registerService(secretsName));
        qputenv("DISPLAY", ":77");
    }
    void cleanup() {
        bus().unregisterService(secretsName);
        bus().unregisterObject(QStringLiteral("/"), QDBusConnection::UnregisterTree);
    }

    void aRefusalIsDenied() {
        m_fake->error = QStringLiteral("org.freedesktop.DBus.Error.AccessDenied");
        Asked asked;
        QCOMPARE(codeOf(asked.read(Entry::SigningKey)), std::string("keychain.denied"));
        QCOMPARE(codeOf(asked.write(Entry::SigningKey, secret("s"))), std::string("keychain.denied"));
        QCOMPARE(codeOf(asked.remove(Entry::SigningKey)), std::string("keychain.denied"));
    }

    void aDismissedPromptIsDenied() {
        m_fake->prompt = FakeService::Prompt::Dismissed;
        Asked asked;
        QCOMPARE(codeOf(asked.read(Entry::SigningKey)), std::string("keychain.denied"));
        QVERIFY(m_fake->calls.contains(QStringLiteral("Prompt")));
    }

    void anAcceptedPromptUnlocks() {
        QCOMPARE(codeOf(aside([&] { return keychain::unlockEntry(m_name); })), std::string("ok"));
        const auto now = aside([&] { return keychain::look(m_name); });
        QVERIFY(now.ok() && *now == keychain::Presence::Unlocked);
    }

    void withoutADisplayNobodyIsAsked() {
        qunsetenv("DISPLAY");
        qunsetenv("WAYLAND_DISPLAY");
        Asked asked;
        QCOMPARE(codeOf(asked.read(Entry::SigningKey)), std::string("keychain.locked"));
        QVERIFY(!m_fake->calls.contains(QStringLiteral("Unlock")));
    }

    void aPersonWhoDoesNotAnswerCanBeLeft() {
        m_fake->prompt = FakeService::Prompt::Left;
        Asked asked;
        Cancel cancel;
        auto waiting = std::async(std::launch::async, [&] {
            const CancelScope scope(cancel);
            return asked.store.read(Entry::SigningKey);
        });
        QTRY_VERIFY(m_fake->calls.contains(QStringLiteral("Prompt")));
        cancel.cancel();
        // Without the event loop: who cancels may be about to end.
        QCOMPARE(codeOf(waiting.get()), std::string("cancelled"));
        QTRY_VERIFY(m_fake->calls.contains(QStringLiteral("Dismiss")));
    }

    void aServiceThatKeepsSilentCanBeLeft() {
        m_fake->silent = true;
        Asked asked;
        Cancel cancel;
        auto waiting = std::async(std::launch::async, [&] {
            const CancelScope scope(cancel);
            return asked.store.read(Entry::SigningKey);
        });
        QTRY_VERIFY(m_fake->calls.contains(QStringLiteral("SearchItems")));
        cancel.cancel();
        QCOMPARE(codeOf(waiting.get()), std::string("cancelled"));
    }

    void nonsenseIsAFailure() {
        m_fake->nonsense = true;
        QCOMPARE(codeOf(Asked().read(Entry::SigningKey)), std::string("keychain.failed"));
        m_fake->nonsense = false;
        m_fake->error = QStringLiteral("org.example.Strange");
        QCOMPARE(codeOf(Asked().read(Entry::SigningKey)), std::string("keychain.failed"));
    }
};

/// Starts the others, each in the surroundings that it needs.
class KeychainTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static void passes(const QString& program, const QStringList& before, const QString& which,
                       const QProcessEnvironment& environment) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, before + QStringList{QCoreApplication::applicationFilePath(), which});
        QVERIFY2(process.waitForFinished(120000), qPrintable(process.errorString()));
        const QByteArray output = process.readAll();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, output.constData());
        QVERIFY2(output.contains(" 0 skipped"), output.constData());
    }

    /// A bus where nobody can be started by name.
    QStringList emptyBus() {
        QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
        if (config.open(QIODevice::WriteOnly))
            config.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
                         "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow "
                         "own=\"*\"/></policy></busconfig>\n");
        return {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--")};
    }

    static QProcessEnvironment environment() {
        auto all = QProcessEnvironment::systemEnvironment();
        all.remove(QStringLiteral("DISPLAY"));
        all.remove(QStringLiteral("WAYLAND_DISPLAY"));
        return all;
    }

private Q_SLOTS:
    void locked() {
        if (qEnvironmentVariableIsEmpty("SEALWRIGHT_KEYRING"))
            QSKIP("needs gnome-keyring");
        passes(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/support/servers/keyring.sh"), {},
               QStringLiteral("--locked"), environment());
    }

    void withoutGlib() {
        if (qEnvironmentVariableIsEmpty("SEALWRIGHT_KEYRING"))
            QSKIP("needs gnome-keyring");
        auto without = environment();
        without.insert(QStringLiteral("QT_NO_GLIB"), QStringLiteral("1"));
        passes(QStringLiteral("/usr/bin/env"), {}, QStringLiteral("--no-glib"), without);
    }

    void nobodyOnTheBus() {
        passes(QStringLiteral("dbus-run-session"), emptyBus(), QStringLiteral("--no-service"), environment());
    }

    void noBus() {
        auto without = environment();
        without.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent/bus"));
        passes(QStringLiteral("/usr/bin/env"), {}, QStringLiteral("--no-service"), without);
    }

    void whatOnlyAPersonSees() {
        passes(QStringLiteral("dbus-run-session"), emptyBus(), QStringLiteral("--fake"), environment());
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
    else if (which == QLatin1String("--fake"))
        alone = std::make_unique<FakeTest>();
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
