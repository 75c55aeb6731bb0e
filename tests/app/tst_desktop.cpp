#include "app/desktop/folders.h"
#include "app/desktop/hardening.h"
#include "app/desktop/passphrase.h"
#include "models/domain/cancel.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::desktop;

namespace {

template <class T>
std::string codeOf(const Outcome<T>& outcome) {
    return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
}

std::string textOf(const Outcome<crypto::SecretBytes>& outcome) {
    return outcome ? std::string(asText(outcome->reveal())) : "failed: " + codeOf(outcome);
}

int modeOf(const std::string& path) {
    struct stat facts = {};
    return ::stat(path.c_str(), &facts) == 0 ? int(facts.st_mode & 0777) : -1;
}

bool isThere(const std::string& path) {
    return QFileInfo::exists(QFile::decodeName(path.c_str()));
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int dumpableAfter = 1;
#else
constexpr int dumpableAfter = 0;
#endif

/// In another process: what holds once it was hardened.
int checkHardened() {
    struct rlimit core = {1, 1};
    const bool before = ::prctl(PR_GET_DUMPABLE) == 1;
    hardenProcess();
    ::getrlimit(RLIMIT_CORE, &core);
    return before && core.rlim_cur == 0 && core.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == dumpableAfter ? 0 : 1;
}

/// In another process: says what it read, in clear, on standard output.
int askOnTerminal(bool twice) {
    PassphraseSource source;
    source.prompt = "Prompt: ";
    source.twice = twice;
    std::printf("%s\n", textOf(readPassphrase(source)).c_str());
    return 0;
}

/// In another process: holds a spool folder until it is killed.
int holdSpool(const char* profile) {
    const auto spool = SpoolFolder::make(profile);
    if (!spool)
        return 1;
    QFile file(QFile::decodeName(((*spool)->path() + "/x.sealed-data").c_str()));
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    std::printf("%s\n", (*spool)->path().c_str());
    std::fflush(stdout);
    ::pause();
    return 0;
}

/// A terminal of its own for a child, and the end that a person would type at.
class Typist {
public:
    Typist() : m_fd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        ::grantpt(m_fd);
        ::unlockpt(m_fd);
        m_name = ::ptsname(m_fd);
    }
    ~Typist() { ::close(m_fd); }
    void start(QProcess& process, const QStringList& arguments) {
        process.setChildProcessModifier([name = m_name] {
            ::setsid();
            const int fd = ::open(name.c_str(), O_RDWR);
            ::ioctl(fd, TIOCSCTTY, 0);
        });
        process.start(QCoreApplication::applicationFilePath(), arguments);
    }
    void type(const std::string& text) { QCOMPARE(::write(m_fd, text.data(), text.size()), ssize_t(text.size())); }
    /// What the terminal shows, up to and with `until`.
    std::string shown(const std::string& until) {
        std::string all;
        char c = 0;
        while (all.find(until) == std::string::npos && ::read(m_fd, &c, 1) == 1)
            all += c;
        return all;
    }
    bool echoes() const {
        struct termios state = {};
        return ::tcgetattr(m_fd, &state) == 0 && (state.c_lflag & ECHO);
    }

private:
    int m_fd;
    std::string m_name;
};

} // namespace

class DesktopTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path(const char* name) const {
        return (m_folder->path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
    }

    Outcome<crypto::SecretBytes> fromPipe(const QByteArray& written) {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0)
            return fail(Code::InternalBug);
        auto writer = std::async(std::launch::async, [&] {
            for (qsizetype done = 0; done < written.size();) {
                const ssize_t n = ::write(ends[1], written.data() + done, std::size_t(written.size() - done));
                if (n <= 0)
                    break;
                done += n;
            }
            ::close(ends[1]);
        });
        PassphraseSource source;
        source.fd = ends[0];
        auto read = readPassphrase(source);
        ::close(ends[0]);
        writer.wait();
        return read;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        std::signal(SIGPIPE, SIG_IGN);
    }

    void leavesNoCoreAndLetsNobodyAttach() {
        QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(), {QStringLiteral("--hardened")}), 0);
    }

    // --- passphrases ---

    void fromADescriptor_data() {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("bare") << QByteArray("secret") << QByteArray("secret");
        QTest::newRow("one line end") << QByteArray("secret\n") << QByteArray("secret");
        QTest::newRow("CR LF") << QByteArray("secret\r\n") << QByteArray("secret");
        QTest::newRow("two line ends") << QByteArray("secret\n\n") << QByteArray("secret\n");
        QTest::newRow("spaces and lines inside") << QByteArray(" a \n b ") << QByteArray(" a \n b ");
        QTest::newRow("any bytes") << QByteArray("\x01\xff\xc3\xa9") << QByteArray("\x01\xff\xc3\xa9");
        QTest::newRow("nothing") << QByteArray() << QByteArray("failed: key.passphrase-wrong");
        QTest::newRow("a line end alone") << QByteArray("\n") << QByteArray("failed: key.passphrase-wrong");
        QTest::newRow("endless") << QByteArray(1 << 20, 'x') << QByteArray("failed: usage.wrong");
    }

    void fromADescriptor() {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, read);
        QCOMPARE(QByteArray::fromStdString(textOf(fromPipe(written))), read);
    }

    void fromADescriptorThatIsNone() {
        PassphraseSource source;
        source.fd = 987;
        QCOMPARE(codeOf(readPassphrase(source)), std::string("usage.wrong"));
    }

    void aWaitCanBeLeft() {
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe(ends), 0);
        Cancel cancel;
        auto reader = std::async(std::launch::async, [&] {
            const CancelScope scope(cancel);
            PassphraseSource source;
            source.fd = ends[0];
            return codeOf(readPassphrase(source));
        });
        cancel.cancel();
        QCOMPARE(reader.get(), std::string("cancelled"));
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void fromAFile() {
        QFile file(QFile::decodeName(path("passphrase").c_str()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from a file\n");
        file.close();
        PassphraseSource source;
        source.file = path("passphrase");
        QCOMPARE(textOf(readPassphrase(source)), std::string("from a file"));
        source.file = path("missing");
        QCOMPARE(codeOf(readPassphrase(source)), std::string("file.not-found"));
        QCOMPARE(readPassphrase(source).error().where.file, path("missing"));
    }

    void fromATerminalWithoutEcho() {
        Typist typist;
        QProcess child;
        typist.start(child, {QStringLiteral("--ask")});
        const std::string before = typist.shown("Prompt: ");
        QVERIFY(!typist.echoes());
        typist.type("hidden\n");
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), QByteArray("hidden\n"));
        QVERIFY(before.find("hidden") == std::string::npos);
        QVERIFY(typist.shown("\n").find("hidden") == std::string::npos);
        QVERIFY(typist.echoes());
    }

    void twiceOnATerminal() {
        Typist typist;
        QProcess child;
        typist.start(child, {QStringLiteral("--ask-twice")});
        typist.shown("Prompt: ");
        typist.type("one\n");
        typist.shown("Again: ");
        typist.type("one\n");
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), QByteArray("one\n"));
    }

    void twoThatDiffer() {
        Typist typist;
        QProcess child;
        typist.start(child, {QStringLiteral("--ask-twice")});
        typist.shown("Prompt: ");
        typist.type("one\n");
        typist.shown("Again: ");
        typist.type("two\n");
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), QByteArray("failed: key.passphrase-wrong\n"));
    }

    void withoutATerminal() {
        QProcess child;
        child.setChildProcessModifier([] { ::setsid(); });
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--ask")});
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), QByteArray("failed: usage.wrong\n"));
    }

    // --- folders ---

    void makesTheProfileForItsOwnerAlone() {
        const auto made = profileFolder(path("a/b/profile/"));
        QVERIFY(made.ok());
        QCOMPARE(*made, path("a/b/profile"));
        QCOMPARE(modeOf(*made), 0700);
        QCOMPARE(*profileFolder(path("a/./b/../b/profile")), *made); // and finds it again
    }

    void theUsualPlaceIsTheSystems() {
        qputenv("XDG_CONFIG_HOME", m_folder->path().toLocal8Bit());
        const auto made = profileFolder(std::string());
        QVERIFY(made.ok());
        QCOMPARE(*made, path("sealwright"));
    }

    void refusesAProfileThatOthersMayWrite() {
        const auto made = profileFolder(path("profile"));
        QCOMPARE(::chmod(made->c_str(), 0770), 0);
        QCOMPARE(codeOf(profileFolder(path("profile"))), std::string("file.no-permission"));
        QCOMPARE(::chmod(made->c_str(), 0755), 0);
        QCOMPARE(codeOf(profileFolder(path("profile"))), std::string("ok"));
    }

    void refusesAProfileThatIsNoFolder() {
        QFile file(QFile::decodeName(path("file").c_str()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(codeOf(profileFolder(path("file"))), std::string("file.failed"));
        QCOMPARE(codeOf(profileFolder(path("file/below"))), std::string("file.failed"));
    }

    void theSpoolGoesWithItsOwner() {
        auto spool = SpoolFolder::make(m_folder->path().toStdString());
        QVERIFY(spool.ok());
        const std::string where = (*spool)->path();
        QCOMPARE(modeOf(where), 0700);
        QVERIFY(where.rfind(path("spool/") + std::to_string(::getpid()) + "-", 0) == 0);
        QFile file(QFile::decodeName((where + "/x").c_str()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        spool->reset();
        QVERIFY(!isThere(where));
        QVERIFY(isThere(path("spool")));
    }

    void leftoversOfTheDeadGoThoseOfTheLivingStay() {
        QProcess living, dead;
        std::vector<std::string> folders;
        for (QProcess* process : {&living, &dead}) {
            process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold-spool"), m_folder->path()});
            QVERIFY(process->waitForReadyRead());
            folders.push_back(process->readLine().trimmed().toStdString());
            QVERIFY(isThere(folders.back() + "/x.sealed-data"));
        }
        dead.kill();
        QVERIFY(dead.waitForFinished());
        QVERIFY(isThere(folders[1]));
        const auto spool = SpoolFolder::make(m_folder->path().toStdString());
        QVERIFY(spool.ok());
        QVERIFY(isThere(folders[0] + "/x.sealed-data"));
        QVERIFY(!isThere(folders[1]));
        living.kill();
        QVERIFY(living.waitForFinished());
    }

    void aChosenFolderGetsAPrivateOneInIt() {
        const std::string chosen = path("elsewhere/spool"); // made where it is missing
        const std::string own = chosen + "/sealwright-" + std::to_string(::geteuid());
        {
            const auto spool = SpoolFolder::make(m_folder->path().toStdString(), chosen);
            QVERIFY(spool.ok());
            QCOMPARE((*spool)->path().rfind(own + "/", 0), std::size_t(0));
            QCOMPARE(modeOf(own), 0700);
            QCOMPARE(modeOf((*spool)->path()), 0700);
            QVERIFY(!isThere(path("spool")));
        }
        QVERIFY(isThere(own));
        QCOMPARE(QDir(QString::fromStdString(own)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList{QStringLiteral("kept")});
    }

    void whatOthersPutIntoAChosenFolderIsRefused_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("code");
        QTest::newRow("a link") << QStringLiteral("link") << QStringLiteral("file.no-permission");
        QTest::newRow("a folder that others write to")
            << QStringLiteral("open") << QStringLiteral("file.no-permission");
        QTest::newRow("a file") << QStringLiteral("file") << QStringLiteral("file.failed");
    }

    void whatOthersPutIntoAChosenFolderIsRefused() {
        QFETCH(QString, what);
        QFETCH(QString, code);
        const std::string chosen = path("shared"), own = chosen + "/sealwright-" + std::to_string(::geteuid());
        QVERIFY(QDir().mkpath(QString::fromStdString(chosen)));
        if (what == QLatin1String("link")) {
            QVERIFY(QDir().mkpath(QString::fromStdString(path("target"))));
            QCOMPARE(::symlink(path("target").c_str(), own.c_str()), 0);
        } else if (what == QLatin1String("open")) {
            QCOMPARE(::mkdir(own.c_str(), 0700), 0);
            QCOMPARE(::chmod(own.c_str(), 0770), 0);
        } else {
            QFile file(QString::fromStdString(own));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto spool = SpoolFolder::make(m_folder->path().toStdString(), chosen);
        QVERIFY(!spool.ok());
        QCOMPARE(std::string(stableId(spool.error().code)), code.toStdString());
    }

    void whatIsKeptOutlivesTheProcess() {
        std::string kept;
        {
            const auto spool = SpoolFolder::make(m_folder->path().toStdString());
            QVERIFY(spool.ok());
            kept = (*spool)->keptPath();
            QCOMPARE(kept, path("spool/kept"));
            QCOMPARE(modeOf(kept), 0700);
            QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), QString::fromStdString(kept + "/x")));
        }
        const auto next = SpoolFolder::make(m_folder->path().toStdString());
        QVERIFY(next.ok());
        QCOMPARE((*next)->keptPath(), kept);
        QVERIFY(isThere(kept + "/x"));
    }

    void oneProcessMayHaveSeveralSpools() {
        const auto first = SpoolFolder::make(m_folder->path().toStdString());
        const auto second = SpoolFolder::make(m_folder->path().toStdString());
        QVERIFY((*first)->path() != (*second)->path());
        QVERIFY(isThere((*first)->path()));
    }
};

int main(int argc, char** argv) {
    const QByteArray mode(argc > 1 ? argv[1] : "");
    if (mode == "--hardened")
        return checkHardened();
    if (mode == "--ask" || mode == "--ask-twice")
        return askOnTerminal(mode == "--ask-twice");
    if (mode == "--hold-spool" && argc == 3)
        return holdSpool(argv[2]);
    QCoreApplication application(argc, argv);
    DesktopTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_desktop.moc"
