#pragma once
#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "tests/support/platform/platform_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace sealwright::tests {

/// The window, but for its widgets, with a profile and a platform of its own. Use it on the test's main thread.
class RegisteredWindow {
public:
    static constexpr int patience = 120'000; ///< milliseconds

    test::PlatformProcess platform;
    QTemporaryDir folder;
    views::Session session;
    std::unique_ptr<window::Controllers> controllers;
    std::string machineId; ///< at the platform, once it has joined

    /// The platform, with `more` as its arguments, and the program's first start: it knows no platform yet. What went
    /// wrong, or nothing.
    QByteArray start(const QStringList& more = {}) {
        if (!platform.start(more))
            return platform.log();
        Configuration configuration;
        configuration.keystore = "file:" + folder.filePath(QStringLiteral("keys")).toStdString();
        configuration.configDir = folder.filePath(QStringLiteral("profile")).toStdString();
        configuration.passphrase.file = write(QStringLiteral("passphrase"), "a passphrase\n").toStdString();
        auto services = openServices(configuration);
        if (!services)
            return stableId(services.error().code).data();
        controllers = std::make_unique<window::Controllers>(std::move(*services), session, configuration.configDir);
        controllers->load();
        return {};
    }
    /// Takes an invitation and registers. What went wrong, or nothing.
    QByteArray join() {
        using Phase = views::RegistrationView::Phase;
        views::RegistrationView& view = session.registration;
        session.takeInvitation(write(QStringLiteral("invitation.json"), platform.invitation()));
        if (!QTest::qWaitFor([&] { return view.phase() == Phase::Invited; }, patience))
            return "the invitation is not taken";
        view.join(QStringLiteral("ward 3"), {});
        if (!QTest::qWaitFor([&] { return view.phase() == Phase::Done; }, patience))
            return "the registration does not come to its end";
        const auto machines = platform.admin("GET", "/admin/machines");
        const auto* all = machines ? machines->find("machines") : nullptr;
        if (!all || all->array()->size() != 1)
            return "the platform does not know exactly this machine";
        machineId = *all->array()->front().find("machine_id")->string();
        return {};
    }
    QByteArray startAndJoin(const QStringList& more = {}) {
        const QByteArray wrong = start(more);
        return wrong.isEmpty() ? join() : wrong;
    }
    /// A file of its folder; its path, or nothing where it cannot be written.
    QString write(const QString& name, const std::string& text) const {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text.data(), qint64(text.size())) > 0 ? file.fileName()
                                                                                                   : QString();
    }
    /// Asks the platform for its jobs; false where no answer came.
    bool refresh() {
        const auto idle = [this] { return !session.jobs.busy(); };
        if (!QTest::qWaitFor(idle, patience))
            return false;
        session.jobs.refresh();
        return QTest::qWaitFor(idle, patience) && !session.jobs.failure();
    }
};

} // namespace sealwright::tests
