#pragma once
#include "app/keychain/keychain_store.h"
#include "tests/support/aside.h"
#include "tests/support/outcome_code.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QUuid>
#include <QtTest>

// What tests of the system's keychain have in common. Each of its states wants a Secret Service, and so a process, of
// its own.
namespace sealwright::tests {

using crypto::SecretBytes;
using Entry = SecretStore::Entry;

inline const auto secretsName = QStringLiteral("org.freedesktop.secrets");

inline SecretBytes secret(std::string_view text) {
    return SecretBytes(asBytes(text));
}

/// A store, asked from the main thread.
struct Asked {
    QTemporaryDir folder;
    KeychainStore store;

    explicit Asked(const QString& application = QStringLiteral("sealwright-test.") +
                                                QUuid::createUuid().toString(QUuid::Id128))
        : store(application, folder.path().toStdString()) {}
    Outcome<SecretBytes> read(const SecretStore::Place& place) {
        return aside([&] { return store.read(place); });
    }
    Outcome<void> write(const SecretStore::Place& place, const SecretBytes& value) {
        return aside([&] { return store.write(place, value); });
    }
    Outcome<void> remove(const SecretStore::Place& place) {
        return aside([&] { return store.remove(place); });
    }
};

/// Runs this program's own test `which` in surroundings of its own: `program` with `before` in front of it. All of it
/// has to pass.
inline void passes(const QString& program, const QStringList& before, const QString& which,
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
inline QStringList emptyBus(const QTemporaryDir& folder) {
    QFile config(folder.filePath(QStringLiteral("bus.conf")));
    if (config.open(QIODevice::WriteOnly))
        config.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">"
                     "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow "
                     "own=\"*\"/></policy></busconfig>\n");
    return {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--")};
}

/// Without a display, so that nobody can be asked.
inline QProcessEnvironment environment() {
    auto all = QProcessEnvironment::systemEnvironment();
    all.remove(QStringLiteral("DISPLAY"));
    all.remove(QStringLiteral("WAYLAND_DISPLAY"));
    return all;
}

} // namespace sealwright::tests
