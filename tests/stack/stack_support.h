#pragma once
#include "app/net/network_thread.h"
#include "crypto/base/control_json.h"
#include "tests/support/not_tried.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

namespace sealwright::test {

inline QString stackValue(const char* name) {
    return qEnvironmentVariable((QByteArray("SEALWRIGHT_") + name).constData());
}

/// Empty where all four servers are there; else why they are not.
inline QByteArray stackMissing() {
    const auto reason = stackValue("STACK_MISSING");
    if (!reason.isEmpty())
        return "the stack was NOT tried: " + reason.toUtf8();
    return stackValue("STACK").isEmpty() ? QByteArray("the stack was NOT tried: run this by ./dev test") : QByteArray();
}

/// Where the test cannot do without: skipped loudly, and a failure in CI.
#define NEED_STACK()                                                                                                   \
    if (const QByteArray why = sealwright::test::stackMissing(); !why.isEmpty())                                       \
    NOT_TRIED(why)

/// The folder that `tests/stack/stack.sh start` was given.
inline QString stackFolder() {
    return QFileInfo(stackValue("STACK")).path();
}

/// Standard output of a program that ended well; else nothing.
inline std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments,
                                          const QStringList& environment = {}) {
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(300'000) || process.exitCode() != 0 || process.exitStatus() != QProcess::NormalExit)
        return std::nullopt;
    return process.readAllStandardOutput();
}

/// One call to Vault as its administrator: the answer's body where it is good.
inline std::optional<QByteArray> askVault(net::NetworkThread& network, const char* verb, const std::string& path,
                                          const QByteArray& body = {}) {
    net::Request request;
    request.verb = verb;
    request.url = QUrl(stackValue("VAULT_URL") + QLatin1String("/v1/") + QString::fromStdString(path));
    request.headers = {{"X-Vault-Token", stackValue("VAULT_ROOT_TOKEN").toUtf8()}};
    request.body = body;
    const auto answer = network.call(request, Cancel());
    return answer && answer->good() ? std::optional(answer->body) : std::nullopt;
}

/// All of the platform's database as text.
inline std::optional<QByteArray> dumped() {
    return outputOf(stackValue("PG_BIN") + QLatin1String("/pg_dump"),
                    {QStringLiteral("-h"), stackValue("PG_HOST"), QStringLiteral("-p"), stackValue("PG_PORT"),
                     QStringLiteral("-U"), stackValue("PG_USER"), stackValue("PG_DATABASE")},
                    {QLatin1String("PGPASSWORD=") + stackValue("PG_PASSWORD")});
}

/// Files below the folders that hold any of the texts.
inline QStringList filesWith(const QList<QByteArray>& texts, const QStringList& folders) {
    QStringList found;
    for (const auto& folder : folders)
        for (QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); all.hasNext();) {
            QFile file(all.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const auto bytes = file.readAll();
            if (std::any_of(texts.begin(), texts.end(), [&](const QByteArray& text) { return bytes.contains(text); }))
                found.append(file.fileName());
        }
    return found;
}

} // namespace sealwright::test
