#include "tests/support/faults/fault_report.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace sealwright;
using namespace sealwright::test;

/// What becomes of the tests' notes of faults, and that none can go missing. Needs no servers.
class FaultReportTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    const QByteArray m_before = qgetenv("SEALWRIGHT_FAULT_REPORT");

    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void list(const QByteArray& text) const {
        QFile file(path("list"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    struct Made {
        int status;
        QByteArray said;
        QJsonObject report;
    };
    Made make(const QStringList& more = {}) const {
        QProcess process;
        process.start(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/stack/fault_report.py"),
                      QStringList{path("notes"), path("list"), path("report")} + more);
        if (!process.waitForFinished())
            return {-1, "it does not end", {}};
        QFile report(path("report"));
        const auto bytes = report.open(QIODevice::ReadOnly) ? report.readAll() : QByteArray();
        return {process.exitCode(), process.readAll() + process.readAllStandardError(),
                QJsonDocument::fromJson(bytes).object()};
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("SEALWRIGHT_FAULT_REPORT", path("notes").toUtf8());
        list("# a list\nstatus-503 minio platform # and more\n\nbroker-full rabbitmq\n");
    }
    void cleanupTestCase() { qputenv("SEALWRIGHT_FAULT_REPORT", m_before); }

    void whatWasSeenIsInItSortedAndOnce() {
        QVERIFY(noteFault({"status-503", "platform", "said \"no\"\n", "waited"}, Failure(Code::PlatformFailed)));
        QVERIFY(noteFault({"broker-full", "rabbitmq", "filled it", "kept"},
                          Failure(Code::BrokerFull, {"mq.example:5671"})));
        const QJsonObject error{{QStringLiteral("code"), QStringLiteral("a.code")},
                                {QStringLiteral("message"), QStringLiteral("It failed.")},
                                {QStringLiteral("next"), QStringLiteral("Do this.")}};
        QVERIFY(noteFault({"status-503", "minio", "x", "y"}, QJsonObject{{QStringLiteral("error"), error}}));
        for (int i = 0; i < 2; ++i)
            QVERIFY(noteFault({"status-503", "minio", "once", "tried again"}));
        const Made made = make({QStringLiteral("--complete")});
        QVERIFY2(made.status == 0, made.said);
        QCOMPARE(made.report[QLatin1String("count")].toInt(), 4);
        const auto faults = made.report[QLatin1String("faults")].toArray();
        QCOMPARE(faults.size(), 4);
        QStringList order;
        for (const auto& fault : faults)
            order << fault[QLatin1String("fault")].toString() + QLatin1Char(' ') +
                         fault[QLatin1String("server")].toString() + QLatin1Char(' ') +
                         fault[QLatin1String("code")].toString();
        QCOMPARE(order, (QStringList{QStringLiteral("broker-full rabbitmq broker.full"),
                                     QStringLiteral("status-503 minio ok"), QStringLiteral("status-503 minio a.code"),
                                     QStringLiteral("status-503 platform platform.failed")}));
        QCOMPARE(faults[3][QLatin1String("done")].toString(), QStringLiteral("said \"no\"\n"));
        // As the command line says it, each way.
        QVERIFY(faults[0][QLatin1String("owner_read")].toString().contains(
            QLatin1String("takes no more: mq.example:5671. Nothing is lost")));
        QCOMPARE(faults[2][QLatin1String("owner_read")].toString(), QStringLiteral("It failed. Do this."));
    }

    void aFaultWithoutANoteIsNamed() {
        QVERIFY(noteFault({"status-503", "minio", "x", "y"}));
        QVERIFY(noteFault({"broker-full", "rabbitmq", "x", "y"}));
        const Made part = make();
        QVERIFY2(part.status == 0, part.said);
        const Made made = make({QStringLiteral("--complete")});
        QCOMPARE(made.status, 1);
        QVERIFY2(made.said.contains("no test has shown: status-503 platform"), made.said);
        QCOMPARE(made.report[QLatin1String("count")].toInt(), 2); // it is written all the same
    }

    void aFaultThatNobodyListedIsNamed() {
        QVERIFY(noteFault({"status-53", "minio", "x", "y"}));
        const Made made = make();
        QCOMPARE(made.status, 1);
        QVERIFY2(made.said.contains("not in the list of faults: status-53 minio"), made.said);
    }

    void withoutNotesNothingWasShown() {
        QCOMPARE(make().status, 0);
        QCOMPARE(make({QStringLiteral("--complete")}).status, 1);
    }

    void manyMayWriteAtOnce() {
        std::vector<std::thread> threads;
        std::atomic<int> written{0};
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                for (int n = 0; n < 50; ++n)
                    written += noteFault(
                        {"status-503", "minio", std::to_string(i) + " " + std::to_string(n), std::string(4000, 'x')});
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(written.load(), 400);
        QCOMPARE(make().report[QLatin1String("count")].toInt(), 400);
    }

    void whereNobodyWantsOneNothingIsWritten() {
        qunsetenv("SEALWRIGHT_FAULT_REPORT");
        QVERIFY(noteFault({"status-503", "minio", "x", "y"}));
        QVERIFY(!QFile::exists(path("notes")));
        qputenv("SEALWRIGHT_FAULT_REPORT", "/nowhere/at/all");
        QVERIFY(!noteFault({"status-503", "minio", "x", "y"}));
    }

    void theListIsOneThatIsRead() {
        QFile all(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/stack/faults.txt"));
        QVERIFY(all.open(QIODevice::ReadOnly));
        list(all.readAll());
        QVERIFY(noteFault({"vault-sealed", "vault", "x", "y"}));
        const Made made = make();
        QVERIFY2(made.status == 0 && made.said.contains("1 notes of 1 faults"), made.said);
    }
};

QTEST_GUILESS_MAIN(FaultReportTest)
#include "tst_fault_report.moc"
