#include "tests/platform/core/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <cstdio>

namespace sealwright::platform {

namespace {

QCommandLineOption option(const char* name, const char* what, const char* value) {
    return {QString::fromLatin1(name), QString::fromLatin1(what), QString::fromLatin1(value)};
}

/// What belongs to the stack alone.
bool readStack(const QCommandLineParser& parser, Options& options) {
    const auto feedback = parser.value(QStringLiteral("feedback")),
               life = parser.value(QStringLiteral("credentials-life"));
    options.amqpFeedback = feedback == QLatin1String("amqp");
    if (!life.isEmpty())
        options.credentialsLife = life.toInt();
    return (feedback.isEmpty() || options.amqpFeedback || feedback == QLatin1String("rest")) &&
           options.credentialsLife >= shortestCredentialsLife &&
           (!options.stackFile.empty() || (feedback.isEmpty() && life.isEmpty()));
}

/// "127.0.0.1:0"
bool readListen(const QString& text, Options& options) {
    const auto colon = text.lastIndexOf(QLatin1Char(':'));
    bool number = false;
    options.port = text.mid(colon + 1).toUShort(&number);
    options.address = text.left(colon).toStdString();
    return colon > 0 && number;
}

} // namespace

std::optional<Options> optionsFrom(const std::string& resources) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("The reference platform: registration, check-in jobs, events, results."));
    parser.addHelpOption();
    parser.addOptions(
        {option("state", "folder of its database and keys", "DIR"),
         option("storage", "S3 server: lines KEY=value", "FILE"),
         option("stack", "PostgreSQL, Vault, RabbitMQ and S3 server instead: lines KEY=value", "FILE"),
         option("feedback", "how jobs on that want their events, rest by default", "rest|amqp"),
         option("credentials-life", "how long a job's credentials on that live, 3600 by default", "SECONDS"),
         option("listen", "where it listens, 127.0.0.1:0 by default", "HOST:PORT"),
         option("ready-file", "gets the URL once it answers", "FILE"),
         option("invitation", "gets an invitation for one machine", "FILE"),
         option("samples", "folder of the demonstration's data", "DIR"),
         option("admin-token-file", "turns test hooks on", "FILE"),
         option("tls-cert", "certificate chain, PEM", "FILE"), option("tls-key", "its key, PEM", "FILE"),
         option("ca", "the CA's certificate, PEM, pinned by invitations", "FILE"),
         option("public-url", "how machines reach it", "URL")});
    parser.addOption({QStringLiteral("demo"), QStringLiteral("three pending jobs for every machine that registers")});
    parser.process(*QCoreApplication::instance());
    const auto text = [&](const char* name) { return parser.value(QString::fromLatin1(name)).toStdString(); };

    Options options;
    options.state = text("state");
    options.storageFile = text("storage");
    options.stackFile = text("stack");
    options.readyFile = text("ready-file");
    options.invitationFile = text("invitation");
    options.adminTokenFile = text("admin-token-file");
    options.tlsCertificate = text("tls-cert");
    options.tlsKey = text("tls-key");
    options.ca = text("ca");
    options.publicUrl = text("public-url");
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.contract = resources + "/openapi/sealwright-platform.json";
    options.samples = parser.isSet(QStringLiteral("samples")) ? text("samples") : resources + "/sample";
    const bool listens =
        !parser.isSet(QStringLiteral("listen")) || readListen(parser.value(QStringLiteral("listen")), options);
    if (options.state.empty() || options.storageFile.empty() == options.stackFile.empty() || !listens ||
        !readStack(parser, options) || options.tlsCertificate.empty() != options.tlsKey.empty() ||
        !parser.positionalArguments().isEmpty()) {
        std::fprintf(stderr, "%s", parser.helpText().toUtf8().constData());
        return std::nullopt;
    }
    return options;
}

std::optional<std::string> textFrom(const std::string& name) {
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    auto text = file.readAll().toStdString();
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    return text;
}

bool writeFile(const std::string& name, const std::string& text) {
    QSaveFile file(QString::fromStdString(name));
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
           file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) &&
           file.commit();
}

} // namespace sealwright::platform
