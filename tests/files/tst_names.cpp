#include "models/files/file_failure.h"
#include "models/files/names.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <memory>
#include <set>

using namespace sealwright;

namespace {

void put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), qint64(bytes.size()));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

} // namespace

/// Names that files have while they are written, and how they get their last one.
class TestNames : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    std::string at(const char* name) const { return path(name).toStdString(); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theFolderOfAPath() {
        QCOMPARE(files::folderOf("a.csv"), std::string("."));
        QCOMPARE(files::folderOf("/a.csv"), std::string("/"));
        QCOMPARE(files::folderOf("/data/x/a.csv"), std::string("/data/x"));
    }

    void temporaryNamesStandBesideAndAreNeverTheSame() {
        std::set<std::string> seen;
        for (int i = 0; i < 1000; ++i) {
            const std::string name = files::temporaryBeside("/data/a.csv", ".part");
            QVERIFY(name.starts_with("/data/.sealwright-") && name.ends_with(".part"));
            QVERIFY(seen.insert(name).second);
        }
    }

    void aTakenNameIsRefusedAndBothStay() {
        put(path("from"), "new");
        put(path("to"), "old");
        const auto refused = files::rename(at("from"), at("to"), false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::FileExists);
        QCOMPARE(refused.error().where.file, at("to"));
        QCOMPARE(contentOf(path("from")), QByteArray("new"));
        QCOMPARE(contentOf(path("to")), QByteArray("old"));
    }

    void aTakenNameIsReplacedWhereThatWasAllowed() {
        put(path("from"), "new");
        put(path("to"), "old");
        QVERIFY(files::rename(at("from"), at("to"), true).ok());
        QCOMPARE(contentOf(path("to")), QByteArray("new"));
        QVERIFY(!QFile::exists(path("from")));
    }

    void aFreeNameIsTaken() {
        put(path("from"), "new");
        QVERIFY(files::rename(at("from"), at("to"), false).ok());
        QCOMPARE(contentOf(path("to")), QByteArray("new"));
        QVERIFY(QDir().mkpath(path("folder/below")));
        QVERIFY(files::rename(at("folder"), at("other"), false).ok());
        QVERIFY(QDir(path("other/below")).exists());
    }

    void aFileNeverReplacesAFolder() {
        put(path("from"), "new");
        QVERIFY(QDir().mkpath(path("to")));
        for (const bool replace : {false, true}) {
            const auto refused = files::rename(at("from"), at("to"), replace);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, Code::FileExists);
        }
        QCOMPARE(contentOf(path("from")), QByteArray("new"));
    }

    void aTemporaryNameRemovesItsFileUnlessKept() {
        put(path("dropped"), "x");
        put(path("kept"), "x");
        {
            const files::TemporaryName dropped(at("dropped"));
            files::TemporaryName kept(at("kept"));
            kept.keep();
        }
        QVERIFY(!QFile::exists(path("dropped")));
        QVERIFY(QFile::exists(path("kept")));
    }

    void whatTheSystemSaysHasACode_data() {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        const std::pair<int, Code> rows[] = {
            {ENOSPC, Code::FileNoSpace},      {EDQUOT, Code::FileNoSpace},     {EROFS, Code::FileNoPermission},
            {EACCES, Code::FileNoPermission}, {ENOTDIR, Code::FileNotFound},   {ENOTEMPTY, Code::FileExists},
            {ELOOP, Code::PackageSymlink},    {EISDIR, Code::DataNotReadable}, {EIO, Code::FileFailed},
            {EMFILE, Code::FileFailed},
        };
        for (const auto& [error, code] : rows)
            QTest::addRow("%d", error) << error << int(code);
    }
    void whatTheSystemSaysHasACode() {
        QFETCH(int, error);
        QFETCH(int, code);
        const Failure failure = files::fileFailure("/data/a.csv", error);
        QCOMPARE(int(failure.code), code);
        QCOMPARE(failure.where.file, std::string("/data/a.csv"));
        QCOMPARE(failure.facts.size(), std::size_t(2));
        QCOMPARE(failure.facts.front(), std::string("/data/a.csv"));
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
