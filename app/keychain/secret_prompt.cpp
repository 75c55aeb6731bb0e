#include "app/keychain/secret_prompt.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusReply>

namespace sealwright::keychain {

namespace {
const auto service = QStringLiteral("org.freedesktop.secrets");
const auto promptInterface = QStringLiteral("org.freedesktop.Secret.Prompt");
} // namespace

SecretPrompt::SecretPrompt(QString path, std::function<void(Outcome<void>)> done)
    : QObject(QCoreApplication::instance()), m_path(std::move(path)), m_done(std::move(done)) {}

void SecretPrompt::show() {
    auto bus = QDBusConnection::sessionBus();
    // First listening, then showing: it may end at once.
    bus.connect(service, m_path, promptInterface, QStringLiteral("Completed"), this,
                SLOT(completed(bool, QDBusVariant)));
    auto message = QDBusMessage::createMethodCall(service, m_path, promptInterface, QStringLiteral("Prompt"));
    message << QString(); // no window: the keyring's own dialog stands alone
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<> reply = *watcher;
        if (reply.isError())
            end(fail(Failure(Code::KeychainFailed, {reply.error().message().toStdString()})));
    });
}

void SecretPrompt::dismiss() {
    m_done = nullptr;
    QDBusConnection::sessionBus().asyncCall(
        QDBusMessage::createMethodCall(service, m_path, promptInterface, QStringLiteral("Dismiss")));
    deleteLater();
}

void SecretPrompt::completed(bool dismissed, const QDBusVariant&) {
    end(dismissed ? fail(Code::KeychainDenied) : Outcome<void>());
}

void SecretPrompt::end(Outcome<void> outcome) {
    if (auto done = std::exchange(m_done, nullptr)) {
        done(std::move(outcome));
        deleteLater();
    }
}

} // namespace sealwright::keychain
