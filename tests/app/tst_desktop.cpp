#include "app/desktop/folders.h"
#include "app/desktop/hardening.h"
#include "tests/support/outcome_code.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::desktop;
using tests::codeOf;

namespace {

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

} // namespace

/// The process and its folders: what only their owner may see.
class DesktopTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path(const char* name) const {
        return (m_folder->path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void leavesNoCoreAndLetsNobodyAttach() {
        QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(), {QStringLiteral("--hardened")}), 0);
    }

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
    if (mode == "--hold-spool" && argc == 3)
        return holdSpool(argv[2]);
    QCoreApplication application(argc, argv);
    DesktopTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_desktop.moc"
