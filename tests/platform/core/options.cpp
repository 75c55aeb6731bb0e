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
    parser.addOptions({option("state", "folder of its database and keys", "DIR"),
                       option("storage", "S3 server: lines KEY=value", "FILE"),
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
    if (options.state.empty() || options.storageFile.empty() || !listens ||
        options.tlsCertificate.empty() != options.tlsKey.empty() || !parser.positionalArguments().isEmpty()) {
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

std::optional<Storage> storageFrom(const std::string& file) {
    const auto text = textFrom(file);
    if (!text)
        return std::nullopt;
    Storage storage;
    for (const auto& line : QByteArray::fromStdString(*text).split('\n')) {
        const auto name = line.left(line.indexOf('='));
        const auto value = line.mid(line.indexOf('=') + 1).trimmed().toStdString();
        if (name == "SEALWRIGHT_S3_ENDPOINT")
            storage.endpoint = value;
        else if (name == "SEALWRIGHT_S3_REGION")
            storage.region = value;
        else if (name == "SEALWRIGHT_S3_ACCESS_KEY")
            storage.accessKey = value;
        else if (name == "SEALWRIGHT_S3_SECRET_KEY")
            storage.secretKey = value;
    }
    const bool whole = !storage.endpoint.empty() && !storage.region.empty() && !storage.accessKey.empty() &&
                       !storage.secretKey.empty();
    return whole ? std::optional(storage) : std::nullopt;
}

bool writeFile(const std::string& name, const std::string& text) {
    QSaveFile file(QString::fromStdString(name));
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
           file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) &&
           file.commit();
}

} // namespace sealwright::platform
