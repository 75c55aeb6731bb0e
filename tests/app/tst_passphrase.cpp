#include "app/desktop/passphrase.h"
#include "models/domain/cancel.h"
#include "tests/support/outcome_code.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <future>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::desktop;
using tests::codeOf;

namespace {

std::string textOf(const Outcome<crypto::SecretBytes>& outcome) {
    return outcome ? std::string(asText(outcome->reveal())) : "failed: " + codeOf(outcome);
}

/// In another process: says what it read, in clear, on standard output.
int askOnTerminal(bool twice) {
    PassphraseSource source;
    source.prompt = "Prompt: ";
    source.twice = twice;
    std::printf("%s\n", textOf(readPassphrase(source)).c_str());
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

/// Where a passphrase comes from.
class PassphraseTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path(const char* name) const {
        return (m_folder.path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
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
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

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

    void twiceOnATerminal_data() {
        QTest::addColumn<QString>("again");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("the same") << QStringLiteral("one") << QByteArray("one\n");
        QTest::newRow("two that differ") << QStringLiteral("two") << QByteArray("failed: key.passphrase-wrong\n");
    }
    void twiceOnATerminal() {
        QFETCH(QString, again);
        QFETCH(QByteArray, said);
        Typist typist;
        QProcess child;
        typist.start(child, {QStringLiteral("--ask-twice")});
        typist.shown("Prompt: ");
        typist.type("one\n");
        typist.shown("Again: ");
        typist.type(again.toStdString() + '\n');
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), said);
    }

    void withoutATerminal() {
        QProcess child;
        child.setChildProcessModifier([] { ::setsid(); });
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--ask")});
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.readAllStandardOutput(), QByteArray("failed: usage.wrong\n"));
    }
};

int main(int argc, char** argv) {
    const QByteArray mode(argc > 1 ? argv[1] : "");
    if (mode == "--ask" || mode == "--ask-twice")
        return askOnTerminal(mode == "--ask-twice");
    QCoreApplication application(argc, argv);
    PassphraseTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_passphrase.moc"
