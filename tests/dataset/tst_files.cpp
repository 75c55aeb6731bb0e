#include "models/dataset/byte_source.h"
#include "tests/support/not_tried.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sealwright;

namespace {

std::string contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("(none)");
}

void put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), qint64(bytes.size()));
}

std::string readAt(const ByteSource& source, std::uint64_t offset, std::size_t count) {
    std::string out(count, '\0');
    const auto got = source.readAt(offset, {reinterpret_cast<Byte*>(out.data()), count});
    return got ? out.substr(0, *got) : std::string("(failed)");
}

} // namespace

class TestFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAtAnyPlace() {
        const QString path = at("a");
        put(path, "0123456789");
        const auto file = openFileSource(path.toStdString());
        QVERIFY(file.ok());
        const auto memory = memorySource("0123456789", "m");
        for (const ByteSource* source : {file->get(), memory.get()}) {
            QCOMPARE(source->size(), std::uint64_t(10));
            QCOMPARE(readAt(*source, 0, 4), std::string("0123"));
            QCOMPARE(readAt(*source, 8, 4), std::string("89"));
            QCOMPARE(readAt(*source, 10, 4), std::string());
            QCOMPARE(readAt(*source, 1000, 4), std::string());
            QVERIFY(source->unchanged().ok());
        }
        QCOMPARE((*file)->name(), path.toStdString());
    }

    void aFileThatChangesIsNoticed() {
        const QString path = at("b");
        put(path, "0123456789");
        const auto open = [&] { return *openFileSource(path.toStdString()); };
        const auto longer = open();
        put(path, "0123456789x");
        QCOMPARE(longer->unchanged().error().code, Code::DataChangedWhileRead);
        QCOMPARE(readAt(*longer, 9, 5), std::string("9"));

        const auto shorter = open();
        put(path, "01");
        QCOMPARE(readAt(*shorter, 5, 2), std::string("(failed)"));

        const auto touched = open();
        struct timespec times[2] = {{1, 0}, {1, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, path.toStdString().c_str(), times, 0), 0);
        QVERIFY(!touched->unchanged().ok());

        const auto replaced = open();
        put(at("c"), "01");
        QCOMPARE(::rename(at("c").toStdString().c_str(), path.toStdString().c_str()), 0);
        QVERIFY(!replaced->unchanged().ok());
        QCOMPARE(readAt(*replaced, 0, 2), std::string("01"));

        const auto gone = open();
        QVERIFY(QFile::remove(path));
        QVERIFY(!gone->unchanged().ok());
    }

    void whatCannotBeRead() {
        QCOMPARE(openFileSource(at("none").toStdString()).error().code, Code::FileNotFound);
        QCOMPARE(openFileSource(m_folder.path().toStdString()).error().code, Code::DataNotReadable);
        QCOMPARE(::mkfifo(at("pipe").toStdString().c_str(), 0600), 0);
        QCOMPARE(openFileSource(at("pipe").toStdString()).error().code, Code::DataNotReadable);
    }

    void aSinkShowsItselfOnlyWhenDone() {
        const QString path = at("out");
        auto sink = FileSink::create(path.toStdString(), false);
        QVERIFY(sink.ok());
        QVERIFY((*sink)->write("one ").ok() && (*sink)->write("two").ok() && (*sink)->flush().ok());
        QVERIFY(!QFileInfo::exists(path));
        QCOMPARE(contentOf(QString::fromStdString((*sink)->temporaryPath())), std::string("one two"));
        QVERIFY((*sink)->commit().ok());
        QCOMPARE(contentOf(path), std::string("one two"));
        sink = FileSink::create(at("other").toStdString(), false);
        QCOMPARE(contentOf(path), std::string("one two"));
    }

    void aDroppedSinkLeavesNothing() {
        const int before = count();
        {
            auto sink = FileSink::create(at("dropped").toStdString(), false);
            QVERIFY((*sink)->write("x").ok());
            QCOMPARE(count(), before + 1);
        }
        QCOMPARE(count(), before);
    }

    void anExistingFileIsKeptUnlessItMayBeReplaced() {
        const QString path = at("kept");
        put(path, "old");
        QCOMPARE(FileSink::create(path.toStdString(), false).error().code, Code::FileExists);
        auto late = FileSink::create(at("late").toStdString(), false);
        QVERIFY((*late)->write("new").ok());
        put(at("late"), "old");
        QCOMPARE((*late)->commit().error().code, Code::FileExists);
        QCOMPARE(contentOf(at("late")), std::string("old"));
        auto sink = FileSink::create(path.toStdString(), true);
        QVERIFY((*sink)->write("new").ok());
        QCOMPARE(contentOf(path), std::string("old"));
        QVERIFY((*sink)->commit().ok());
        QCOMPARE(contentOf(path), std::string("new"));
        QCOMPARE(FileSink::create(m_folder.path().toStdString(), true).error().code, Code::FileExists);
    }

    void whereNothingCanBeWritten() {
        QCOMPARE(FileSink::create(at("no/such/folder").toStdString(), false).error().code, Code::FileNotFound);
        // Written as root there is no folder without permission, but a kernel file system takes no files from anybody.
        const auto sealed = FileSink::create("/proc/self/sealwright-test", false);
        QVERIFY(!sealed.ok());
    }

    void aFullDiskIsSaidSo() {
        if (::access("/dev/full", W_OK) != 0)
            NOT_TRIED("no /dev/full here: a full disk was NOT tried");
        // The sink's own file is on a disk with room: what the device says is what a full disk says.
        const QString path = at("full");
        auto sink = FileSink::create(path.toStdString(), false);
        QVERIFY(sink.ok());
        const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        QVERIFY(full >= 0);
        QVERIFY(redirect(QString::fromStdString((*sink)->temporaryPath()), full));
        QCOMPARE((*sink)->write("x").error().code, Code::FileNoSpace);
        ::close(full);
    }

private:
    QString at(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    int count() const {
        return int(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size());
    }

    /// Makes this process's open file of that path the given one.
    static bool redirect(const QString& path, int to) {
        for (int fd = 0; fd < 1024; ++fd) {
            const QString link = QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(fd));
            if (link == path)
                return ::dup2(to, fd) == fd;
        }
        return false;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
