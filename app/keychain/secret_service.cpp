#include "app/keychain/secret_service.h"

#include "app/keychain/main_thread_call.h"
#include "app/keychain/secret_prompt.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QMap>
#include <QPointer>

namespace sealwright::keychain {

namespace {

const auto service = QStringLiteral("org.freedesktop.secrets");
const auto servicePath = QStringLiteral("/org/freedesktop/secrets");
const auto serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const auto collectionInterface = QStringLiteral("org.freedesktop.Secret.Collection");
const auto noObject = QStringLiteral("/");
/// Starting a keyring that was asleep takes its time.
constexpr int callMilliseconds = 25000;

using Paths = QList<QDBusObjectPath>;

Failure failureOf(const QDBusMessage& error) {
    const QString name = error.errorName();
    const std::string said = (name + QStringLiteral(": ") + error.errorMessage()).toStdString();
    const QString standard = QStringLiteral("org.freedesktop.DBus.Error.");
    for (const auto& gone : {"ServiceUnknown", "NameHasNoOwner", "Disconnected", "NoServer", "Spawn."})
        if (name.startsWith(standard + QLatin1String(gone)))
            return Failure(Code::KeychainNoService, {said});
    if (name == standard + QLatin1String("AccessDenied") || name == standard + QLatin1String("AuthFailed"))
        return Failure(Code::KeychainDenied, {said});
    if (name == QLatin1String("org.freedesktop.Secret.Error.IsLocked"))
        return Failure(Code::KeychainLocked, {said});
    return Failure(Code::KeychainFailed, {said});
}

/// The arguments of the reply, of the signature that the specification gives. A service that keeps silent is left as
/// soon as the task is cancelled.
Outcome<QVariantList> call(QDBusMessage message, const QString& signature) {
    const auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return fail(Failure(Code::KeychainNoService, {bus.lastError().message().toStdString()}));
    using Done = std::function<void(Outcome<QDBusMessage>)>;
    const auto reply = callOnMainThread<QDBusMessage>([bus, message](Done done) {
        auto* watcher =
            new QDBusPendingCallWatcher(bus.asyncCall(message, callMilliseconds), QCoreApplication::instance());
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, done] {
            done(watcher->reply());
            watcher->deleteLater();
        });
    });
    if (!reply)
        return reply.failed();
    if (reply->type() == QDBusMessage::ErrorMessage)
        return fail(failureOf(*reply));
    if (reply->signature() != signature)
        return fail(Failure(Code::KeychainFailed, {"unexpected reply " + reply->signature().toStdString()}));
    return reply->arguments();
}

Outcome<QVariantList> callService(const QString& method, const QVariantList& arguments, const QString& signature) {
    auto message = QDBusMessage::createMethodCall(service, servicePath, serviceInterface, method);
    message.setArguments(arguments);
    return call(std::move(message), signature);
}

struct Found {
    Paths unlocked, locked;
};

Outcome<Found> search(const EntryName& name) {
    // The attributes that QtKeychain gives its entries.
    const QMap<QString, QString> attributes{{QStringLiteral("user"), name.key},
                                            {QStringLiteral("server"), name.service}};
    qDBusRegisterMetaType<QMap<QString, QString>>();
    const auto reply =
        callService(QStringLiteral("SearchItems"), {QVariant::fromValue(attributes)}, QStringLiteral("aoao"));
    if (!reply)
        return reply.failed();
    return Found{qdbus_cast<Paths>(reply->at(0)), qdbus_cast<Paths>(reply->at(1))};
}

bool someoneCanBeAsked() {
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

Outcome<void> showPrompt(const QString& path) {
    const auto prompt = std::make_shared<QPointer<SecretPrompt>>(); // touched on the main thread alone
    auto shown = callOnMainThread<void>([path, prompt](std::function<void(Outcome<void>)> done) {
        *prompt = new SecretPrompt(path, std::move(done));
        (*prompt)->show();
    });
    if (!shown && shown.error().code == Code::Cancelled) {
        const auto dismiss = [prompt] {
            if (*prompt)
                (*prompt)->dismiss();
        };
        QMetaObject::invokeMethod(QCoreApplication::instance(), dismiss, Qt::QueuedConnection);
    }
    return shown;
}

Outcome<void> unlock(const Paths& objects) {
    if (!someoneCanBeAsked())
        return fail(Code::KeychainLocked);
    const auto reply = callService(QStringLiteral("Unlock"), {QVariant::fromValue(objects)}, QStringLiteral("aoo"));
    if (!reply)
        return reply.failed();
    const QString prompt = qdbus_cast<QDBusObjectPath>(reply->at(1)).path();
    if (prompt != noObject)
        return showPrompt(prompt);
    return qdbus_cast<Paths>(reply->at(0)).isEmpty() ? fail(Code::KeychainLocked) : Outcome<void>();
}

} // namespace

bool hasSecretService() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN) && !defined(Q_OS_ANDROID)
    return true;
#else
    return false;
#endif
}

Outcome<Presence> look(const EntryName& name) {
    const auto found = search(name);
    if (!found)
        return found.failed();
    if (!found->unlocked.isEmpty())
        return Presence::Unlocked;
    return found->locked.isEmpty() ? Presence::Missing : Presence::Locked;
}

Outcome<void> unlockEntry(const EntryName& name) {
    const auto found = search(name);
    if (!found)
        return found.failed();
    if (found->locked.isEmpty())
        return {};
    if (auto unlocked = unlock(found->locked); !unlocked)
        return unlocked;
    const auto now = look(name);
    if (!now)
        return now.failed();
    return *now == Presence::Locked ? fail(Code::KeychainLocked) : Outcome<void>();
}

Outcome<void> unlockDefault() {
    const auto alias = callService(QStringLiteral("ReadAlias"), {QStringLiteral("default")}, QStringLiteral("o"));
    if (!alias)
        return alias.failed();
    const auto path = qdbus_cast<QDBusObjectPath>(alias->at(0));
    if (path.path() == noObject) {
        // Writing will make it, and ask for its passphrase.
        return someoneCanBeAsked() ? Outcome<void>() : fail(Failure(Code::KeychainLocked, {"no default keyring"}));
    }
    const auto isLocked = [&path]() -> Outcome<bool> {
        auto message = QDBusMessage::createMethodCall(
            service, path.path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
        message << collectionInterface << QStringLiteral("Locked");
        const auto reply = call(std::move(message), QStringLiteral("v"));
        if (!reply)
            return reply.failed();
        return qdbus_cast<QDBusVariant>(reply->at(0)).variant().toBool();
    };
    const auto before = isLocked();
    if (!before)
        return before.failed();
    if (!*before)
        return {};
    if (auto unlocked = unlock({path}); !unlocked)
        return unlocked;
    const auto after = isLocked();
    if (!after)
        return after.failed();
    return *after ? fail(Code::KeychainLocked) : Outcome<void>();
}

} // namespace sealwright::keychain
