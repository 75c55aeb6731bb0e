#include "tests/cli/file_machine.h"
#include "tests/cli/small_disk.h"
#include "tests/support/not_tried.h"
#include "tests/support/signals.h"

#include <QtTest>

#include <unistd.h>

using namespace sealwright::tests;

/// Where sealwright-cli reads and writes: pipes, full disks, closed folders, and interrupts on the way.
class PlacesTest : public QObject, FileMachine {
    Q_OBJECT

    /// Is a file there open in it? Those of the spool have no names.
    static bool hasFileBelow(const QProcess& process, const QString& folder) {
        const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(process.processId()));
        for (const QFileInfo& one : descriptors.entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot))
            if (one.symLinkTarget().startsWith(folder))
                return true;
        return false;
    }

private Q_SLOTS:
    void initTestCase() { makeKeys(); }
    void init() { clearWork(); }

    void pipesBytesThrough() {
        const QByteArray bytes = contentsOf(sample("patients.csv"));
        const Said sealed = run("encrypt - --out - --manifest-out m.json", bytes);
        QVERIFY2(sealed.status == 0, sealed.err);
        QVERIFY(!sealed.out.isEmpty() && sealed.out.contains("sw1g"));
        QVERIFY(sealed.err.contains("\"dataset_id\""));
        QCOMPARE(m_machine->workFiles(), (QStringList{text("m.json"), text("m.jws")}));
        const Said opened = run("decrypt - --manifest m.json --out -", sealed.out);
        QVERIFY2(opened.status == 0, opened.err);
        QCOMPARE(opened.out, bytes);
        QVERIFY(opened.err.contains("\"byte_exact\""));
        QCOMPARE(m_machine->leaks("Oncology", {}), QStringList());
    }

    void aFullDiskLeavesNothing() {
        writeFile(m_machine->work(text("people.csv")),
                  "name\n" + QByteArray("Ada Lovelace of London\n").repeated(20'000));
        QDir(m_machine->work()).mkpath(text("small"));
        const auto said =
            runOnSmallDisk(*m_machine, m_machine->work(text("small")), text("256k"),
                           {text("encrypt"), text("people.csv"), text("--out"), text("small/s"), text("--json")});
        if (!said)
            NOT_TRIED("this system lets nobody mount a small file system: a full disk was NOT tried");
        compareStatus(*said, 8, "file.no-space");
        for (const QByteArray& line : said->err.split('\n'))
            QVERIFY2(line.isEmpty() || line.startsWith('{'), line); // nothing is listed
    }

    void standardOutputThatIsFullIsSaidSo() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        QProcess process;
        process.setStandardOutputFile(text("/dev/full"));
        m_machine->start(process, QStringList{text("encrypt"), text("people.csv"), text("--out"), text("-"),
                                              text("--manifest-out"), text("m.json"), text("--json")});
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 8);
        QVERIFY2(said.err.contains("\"file.no-space\""), said.err);
        QCOMPARE(m_machine->workFiles(), QStringList{text("people.csv")});
    }

    void aPlaceThatMayNotBeWrittenIsStatusEight() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        QString closed = text("/sys/s"); // not even for root
        if (::geteuid() != 0) {
            QDir(m_machine->work()).mkpath(text("closed"));
            QFile::setPermissions(m_machine->work(text("closed")), QFile::ReadOwner | QFile::ExeOwner);
            closed = text("closed/s");
        }
        const Said said = run({text("encrypt"), text("people.csv"), text("--out"), closed});
        QCOMPARE(said.status, 8);
        QVERIFY(said.code().startsWith(text("file.")));
        compareStatus(run("encrypt people.csv --out no/such/folder/s"), 8, "file.not-found");
    }

    void interruptedWhileItWaitsForInput() {
        QProcess process;
        m_machine->start(process, {text("encrypt"), text("-"), text("--out"), text("s"), text("--json")});
        process.write(canary);
        QTRY_VERIFY_WITH_TIMEOUT(hasFileBelow(process, m_machine->path(text("profile/spool"))), 60'000);
        QVERIFY(sealwright::test::sendSignal(process.processId(), SIGINT));
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 130);
        QCOMPARE(said.code(), text("cancelled"));
        QCOMPARE(m_machine->workFiles(), QStringList());
        QCOMPARE(m_machine->leaks(canary, {}), QStringList());
    }

    /// Where this test was too slow the file was sealed by then: a larger one is tried.
    void interruptedInTheMiddleOfAFile() {
        QByteArray piece;
        while (piece.size() < 1'000'000)
            piece += "Ada Lovelace,3\nGrace Hopper,4\n";
        int status = 0;
        for (const int size : {80, 320, 1280}) {
            clearWork();
            QFile big(m_machine->work(text("big.csv")));
            QVERIFY(big.open(QIODevice::WriteOnly | QIODevice::Truncate) && big.write("name,ward\n") > 0);
            for (int i = 0; i < size; ++i)
                QCOMPARE(big.write(piece), piece.size());
            big.close();
            QProcess process;
            m_machine->start(process, {text("encrypt"), text("big.csv"), text("--out"), text("s"), text("--json")});
            QTRY_VERIFY_WITH_TIMEOUT(m_machine->workFiles().size() >= 2, 120'000); // its temporary file
            (void)sealwright::test::sendSignal(process.processId(), SIGINT); // one that has ended is told by its status
            status = m_machine->finish(process).status;
            if (status != 0)
                break;
        }
        QCOMPARE(status, 130);
        QCOMPARE(m_machine->workFiles(), QStringList{text("big.csv")});
    }
};

QTEST_GUILESS_MAIN(PlacesTest)
#include "tst_places.moc"
