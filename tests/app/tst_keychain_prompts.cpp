#include "app/keychain/secret_service.h"
#include "models/domain/cancel.h"
#include "tests/app/keychain_given.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>

#include <future>

using namespace sealwright;
using namespace sealwright::tests;

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

/// What the real service says only to a person.
class PromptsTest : public QObject {
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
        QTRY_VERIFY_WITH_TIMEOUT(m_fake->calls.contains(QStringLiteral("Prompt")), 30'000);
        cancel.cancel();
        // Without the event loop: who cancels may be about to end.
        QCOMPARE(codeOf(waiting.get()), std::string("cancelled"));
        QTRY_VERIFY_WITH_TIMEOUT(m_fake->calls.contains(QStringLiteral("Dismiss")), 30'000);
    }

    void aServiceThatKeepsSilentCanBeLeft() {
        m_fake->silent = true;
        Asked asked;
        Cancel cancel;
        auto waiting = std::async(std::launch::async, [&] {
            const CancelScope scope(cancel);
            return asked.store.read(Entry::SigningKey);
        });
        QTRY_VERIFY_WITH_TIMEOUT(m_fake->calls.contains(QStringLiteral("SearchItems")), 30'000);
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

/// Starts the other, where nobody keeps secrets.
class OnABusOfItsOwn : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void whatOnlyAPersonSees() {
        passes(QStringLiteral("dbus-run-session"), emptyBus(m_folder), QStringLiteral("--fake"), environment());
    }
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--fake") == 0) {
        PromptsTest test;
        return QTest::qExec(&test, {QStringLiteral("tst_keychain_prompts")});
    }
    OnABusOfItsOwn alone;
    return QTest::qExec(&alone, argc, argv);
}

#include "tst_keychain_prompts.moc"
