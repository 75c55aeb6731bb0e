#pragma once
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QTemporaryDir>

namespace sealwright::test {

/// Certificates made by the openssl program, for one run alone: NAME.pem and NAME.key in a folder of its own.
class Certificates {
public:
    QString path(const char* name) const {
        return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".pem"));
    }
    QString key(const char* name) const {
        return m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".key"));
    }
    std::string text(const char* name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    std::string sha256(const char* name) const {
        return QSslCertificate::fromPath(path(name)).first().digest(QCryptographicHash::Sha256).toHex().toStdString();
    }

    bool authority(const char* name) {
        return openssl(
            QStringLiteral(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1 -out %2 -days 2 -subj /CN=%3 "
                "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign")
                .arg(key(name), path(name), QString::fromLatin1(name)));
    }
    /// `by` an authority made before, for 127.0.0.1 or whom `alternative` names.
    bool server(const char* name, const char* by, const char* alternative = "IP:127.0.0.1") {
        return openssl(
            QStringLiteral(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1 -out %2 -days 2 -subj "
                "/CN=server "
                "-addext subjectAltName=%5 -addext basicConstraints=critical,CA:FALSE -CA %3 -CAkey %4")
                .arg(key(name), path(name), path(by), key(by), QString::fromLatin1(alternative)));
    }
    /// The same, but that its time is over.
    bool expired(const char* name, const char* by) {
        QFile settings(m_folder.filePath(QStringLiteral("ca.cnf")));
        const auto folder = m_folder.path().toUtf8();
        if (!settings.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
            settings.write("[ca]\ndefault_ca=here\n[here]\nnew_certs_dir=" + folder + "\ndatabase=" + folder +
                           "/index\nrand_serial=yes\ndefault_md=sha256\npolicy=any\nx509_extensions=leaf\n"
                           "[any]\ncommonName=supplied\n[leaf]\nbasicConstraints=critical,CA:FALSE\n"
                           "subjectAltName=IP:127.0.0.1\n") < 0)
            return false;
        settings.close();
        QFile index(m_folder.filePath(QStringLiteral("index")));
        const auto request = m_folder.filePath(QStringLiteral("request"));
        return index.open(QIODevice::WriteOnly) &&
               openssl(QStringLiteral("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1 -out %2 -subj "
                                      "/CN=server")
                           .arg(key(name), request)) &&
               openssl(QStringLiteral("ca -batch -notext -config %1 -cert %2 -keyfile %3 -in %4 -out %5 -startdate "
                                      "20200101000000Z -enddate 20210101000000Z")
                           .arg(settings.fileName(), path(by), key(by), request, path(name)));
    }
    /// Several in one file, as a server sends them.
    bool chain(const char* name, const char* first, const char* second) {
        QFile file(path(name));
        const auto bytes = QByteArray::fromStdString(text(first) + text(second));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

private:
    bool openssl(const QString& arguments) {
        QProcess process;
        process.start(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')));
        return process.waitForFinished(60'000) && process.exitCode() == 0;
    }
    QTemporaryDir m_folder;
};

} // namespace sealwright::test
