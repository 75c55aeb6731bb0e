#pragma once
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <unistd.h>

namespace sealwright::tests {

inline QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

/// How a command ended and what it said.
struct Said {
    int status = -1;
    QByteArray out, err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    /// The stable code where it is an error in the form that scripts rely on; else what went wrong with that form.
    QString code() const {
        const QJsonObject error = json()[QLatin1String("error")].toObject();
        for (const char* member : {"code", "message", "where", "next"})
            if (!error.contains(QLatin1String(member)))
                return QLatin1String("no ") + QLatin1String(member) + QLatin1String(": ") + QString::fromUtf8(out);
        return error[QLatin1String("code")].toString();
    }
};

/// A terminal with a person in front of it, who is the test.
class Pty {
public:
    Pty() : m_fd(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)) {
        if (::grantpt(m_fd) == 0 && ::unlockpt(m_fd) == 0)
            m_name = ::ptsname(m_fd);
    }
    ~Pty() { ::close(m_fd); }
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /// Makes it the controlling terminal of the process that calls this, between fork and exec.
    std::function<void()> takeOver() const {
        return [name = m_name] {
            ::setsid();
            (void)::open(name.c_str(), O_RDWR);
        };
    }
    /// All that has been shown, once it holds `text` or `process` has ended.
    QByteArray shownUntil(const QByteArray& text, QProcess& process) {
        for (;;) {
            const bool ended = process.waitForFinished(20) || process.state() == QProcess::NotRunning;
            char piece[4096];
            for (ssize_t n; (n = ::read(m_fd, piece, sizeof piece)) > 0;)
                m_shown.append(piece, static_cast<qsizetype>(n));
            if (ended || m_shown.contains(text))
                return m_shown;
        }
    }
    bool type(const QByteArray& keys) const {
        return ::write(m_fd, keys.constData(), static_cast<std::size_t>(keys.size())) == keys.size();
    }

private:
    int m_fd;
    std::string m_name;
    QByteArray m_shown;
};

/// sealwright-cli with a profile and a file keystore of its own, and a folder to work in.
class CliMachine {
public:
    CliMachine() {
        QDir(m_folder.path()).mkdir(QStringLiteral("work"));
        writeFile(path(QStringLiteral("passphrase")), "correct horse\n");
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// A file in the folder that commands run in.
    QString work(const QString& name = {}) const { return path(QLatin1String("work/") + name); }

    QStringList globals() const {
        return {QStringLiteral("--keystore"),        QLatin1String("file:") + path(QStringLiteral("keys")),
                QStringLiteral("--passphrase-file"), path(QStringLiteral("passphrase")),
                QStringLiteral("--config"),          path(QStringLiteral("profile"))};
    }
    static QString program() { return QStringLiteral(SEALWRIGHT_BIN_DIR "/sealwright-cli"); }

    /// Without a terminal of its own, whatever the test runs on.
    void start(QProcess& process, const QStringList& arguments) const {
        start(process, arguments, [] { ::setsid(); });
    }
    void start(QProcess& process, const QStringList& arguments, const std::function<void()>& inTheChild) const {
        process.setChildProcessModifier(inTheChild);
        process.setWorkingDirectory(work());
        process.start(program(), globals() + arguments);
    }
    Said finish(QProcess& process) const {
        Said said;
        if (!process.waitForFinished(300'000)) {
            process.kill();
            process.waitForFinished();
        }
        said.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        said.out = process.readAllStandardOutput();
        said.err = process.readAllStandardError();
        return said;
    }
    /// Waits until a command that runs with --json comes to a step, or ends; what it said on its way there.
    static QByteArray progressUntil(QProcess& process, const char* step) {
        const QByteArray sign = QByteArray("\"") + step + '"';
        QByteArray said;
        process.setReadChannel(QProcess::StandardError);
        while (!said.contains(sign) && process.waitForReadyRead(120'000))
            said += process.readAllStandardError();
        return said;
    }
    /// With --json.
    Said run(const QStringList& arguments, const QByteArray& input = {}) const {
        return say(arguments + QStringList{QStringLiteral("--json")}, input);
    }
    Said say(const QStringList& arguments, const QByteArray& input = {}) const {
        QProcess process;
        start(process, arguments);
        process.write(input);
        process.closeWriteChannel();
        return finish(process);
    }

    /// Files of the work folder, hidden ones too.
    QStringList workFiles() const {
        return QDir(work()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }
    /// Files that hold `bytes`, anywhere but in `allowed`; and what is left in the spool.
    QStringList leaks(const QByteArray& bytes, const QStringList& allowed) const {
        QStringList found;
        QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString file = all.next();
            if (allowed.contains(file))
                continue;
            if (contentsOf(file).contains(bytes) || file.contains(QLatin1String("/spool/")))
                found << file;
        }
        return found;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace sealwright::tests
