#include "tests/cli/file_machine.h"

#include <QRegularExpression>
#include <QtTest>

using namespace sealwright::tests;

/// sealwright-cli on files, without a platform: what goes in, what comes out, and how it ends.
class FilesTest : public QObject, FileMachine {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeKeys(); }
    void init() { clearWork(); }

    void sealsAndRestores_data() {
        QTest::addColumn<QString>("source");
        QTest::newRow("csv") << sample("patients.csv");
        QTest::newRow("semicolons") << sample("ward-list.csv");
        QTest::newRow("json") << sample("laboratory.json");
        QTest::newRow("json lines") << QString();
    }

    void sealsAndRestores() {
        QFETCH(QString, source);
        if (source.isEmpty()) {
            source = text("lines.jsonl");
            writeFile(m_machine->work(source),
                      "{\"name\": \"Ada\", \"n\": 1.50}\r\n{\"name\":\"B\\u00e9a\",\"n\":null}");
        }
        const QByteArray bytes = contentsOf(QDir(m_machine->work()).absoluteFilePath(source));
        const Said sealed = run({text("encrypt"), source, text("--out"), text("s")});
        QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
        QCOMPARE(sealed.json()[text("recipients")].toArray().size(), 1);
        QCOMPARE(m_machine->workFiles().filter(QRegularExpression(text("^s"))),
                 (QStringList{text("s"), text("s.manifest.json"), text("s.manifest.jws")}));

        const Said inspected = run("inspect s");
        QCOMPARE(inspected.status, 0);
        QCOMPARE(inspected.json()[text("kind")].toString(), text("dataset"));
        QCOMPARE(inspected.json()[text("records")], sealed.json()[text("records")]);
        const Said verified = run("verify s");
        QVERIFY2(verified.status == 0, verified.out + verified.err);
        QVERIFY(verified.json()[text("content_matches")].toBool() && verified.json()[text("opened")].toBool());
        const Said opened = run("decrypt s --out back");
        QVERIFY2(opened.status == 0, opened.out + opened.err);
        QVERIFY(opened.json()[text("byte_exact")].toBool());
        QCOMPARE(opened.json()[text("reported_count")].toInteger(), 0);
        QCOMPARE(contentsOf(m_machine->work(text("back"))), bytes);
        compareStatus(run("decrypt s --out back"), 8, "file.exists");
        QCOMPARE(run("decrypt s --out back --force").status, 0);
    }

    void theDefaultNameSaysThatItIsSealed() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        const Said said = run("encrypt people.csv");
        QCOMPARE(said.json()[text("file")].toString(), text("people.sealed.csv"));
        compareStatus(run("encrypt people.csv"), 8, "file.exists");
        const QByteArray before = contentsOf(m_machine->work(text("people.sealed.csv")));
        QCOMPARE(run("encrypt people.csv --force").status, 0);
        QVERIFY(contentsOf(m_machine->work(text("people.sealed.csv"))) != before);
        QCOMPARE(run("verify people.sealed.csv").status, 0);
    }

    /// Each thread wants a stack larger than what is left of the address space after some.
    void fewerThreadsThanAskedForDo() {
        writeFile(m_machine->work(text("people.csv")), "name\n" + QByteArray("Ada Lovelace\n").repeated(10'000));
        QProcess process;
        process.setWorkingDirectory(m_machine->work());
        process.start(text("sh"), QStringList{text("-c"), text("ulimit -s 1000000; ulimit -v 9000000; \"$@\""),
                                              text("sh"), CliMachine::program()} +
                                      m_machine->globals() +
                                      QStringList{text("encrypt"), text("people.csv"), text("--out"), text("s"),
                                                  text("--threads"), text("256"), text("--json")});
        const Said said = m_machine->finish(process);
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(run("verify s").status, 0);
    }

    void badDataAndPoliciesAreStatusThree() {
        writeFile(m_machine->work(text("open.csv")), QByteArray("name,ward\nAda,3\n\"") + canary + ",3\n");
        const Said said = run("encrypt open.csv");
        compareStatus(said, 3, "data.csv.unclosed-quote");
        QVERIFY(said.json()[text("error")].toObject()[text("where")].toObject().contains(text("byte")));
        QVERIFY(!said.out.contains(canary) && !said.err.contains(canary));
        QCOMPARE(m_machine->workFiles(), QStringList{text("open.csv")});
        writeFile(m_machine->work(text("good.csv")), "name,ward\nAda,3\n");
        writeFile(m_machine->work(text("p.json")), R"({"version":1,"fields":[{"path":"nobody","action":"keep"}]})");
        compareStatus(run("encrypt good.csv --policy p.json"), 3, "policy.path-not-there");
        writeFile(m_machine->work(text("p.json")), R"({"version":1,"fieldz":[]})");
        compareStatus(run("encrypt good.csv --policy p.json"), 3, "policy.invalid");
        compareStatus(run("encrypt nowhere.csv"), 8, "file.not-found");
        QCOMPARE(m_machine->workFiles().size(), 3);
    }

    void anAlteredFileIsSeen() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\nBea\n");
        QCOMPARE(run("encrypt people.csv --out s").status, 0);
        const QString stored = m_machine->work(text("s"));
        QByteArray bytes = contentsOf(stored);
        const auto at = bytes.lastIndexOf("sw1g.1.") + 30;
        bytes[at] = bytes[at] == 'A' ? 'B' : 'A';
        writeFile(stored, bytes);
        const Said opened = run("decrypt s --out back");
        compareStatus(opened, 5, "auth.altered");
        QVERIFY(!m_machine->workFiles().contains(text("back")));
        QCOMPARE(run("verify s").status, 5);

        // Whole records taken away: every token opens, and it is reported.
        writeFile(stored, bytes.left(bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1));
        const Said fewer = run("verify s");
        QCOMPARE(fewer.status, 5);
        QVERIFY(fewer.json()[text("reported_count")].toInteger() > 0);
        const Said restored = run("decrypt s --out back");
        QCOMPARE(restored.status, 0);
        QVERIFY(!restored.json()[text("byte_exact")].toBool());
        QVERIFY(restored.err.contains("reported"));
    }

    void whatIsSealedForOthersOnlyTheyOpen() {
        QCOMPARE(
            m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks"), text("--force")}).status, 0);
        QCOMPARE(run({text("keys"), text("export"), text("--out"), m_other->work(text("mine.jwks"))}).status, 0);
        const QString other = m_other->work(text("other.jwks"));
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        const QString target = m_other->work(text("s"));
        const Said sealed =
            run({text("encrypt"), text("people.csv"), text("--to"), other, text("--not-self"), text("--out"), target});
        QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
        compareStatus(run({text("decrypt"), target, text("--out"), text("back")}), 4, "key.not-for-this-data");
        compareStatus(run({text("encrypt"), text("people.csv"), text("--not-self")}), 2, "usage.no-recipient");
        const QStringList decrypt{text("decrypt"), text("s"), text("--out")};
        compareStatus(m_other->run(decrypt + QStringList{text("a")}), 5, "auth.unknown-signer");
        compareStatus(m_other->run(decrypt + QStringList{text("a"), text("--signer"), text("other.jwks")}), 5,
                      "auth.unknown-signer");
        QVERIFY(!m_other->workFiles().contains(text("a")));
        const Said known = m_other->run(decrypt + QStringList{text("a"), text("--signer"), text("mine.jwks")});
        QVERIFY2(known.status == 0, known.out + known.err);
        QCOMPARE(contentsOf(m_other->work(text("a"))), QByteArray("name\nAda\n"));
        const Said any = m_other->run(decrypt + QStringList{text("b"), text("--any-signer")});
        QCOMPARE(any.status, 0);
        QVERIFY(any.json()[text("signer")].isNull());
    }

    void packagesGoThereAndBack_data() {
        QTest::addColumn<QString>("compress");
        QTest::newRow("stored") << text("none");
        QTest::newRow("zstd") << text("zstd");
    }

    void packagesGoThereAndBack() {
        QFETCH(QString, compress);
        QDir(m_machine->work()).mkpath(text("folder/deep"));
        writeFile(m_machine->work(text("folder/deep/a.txt")), QByteArray(3'000'000, 'x'));
        writeFile(m_machine->work(text("folder/ö.txt")), canary);
        const Said sealed =
            run({text("seal"), text("folder"), text("--compress"), compress, text("--out"), text("x.sealed")});
        QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
        QVERIFY(!contentsOf(m_machine->work(text("x.sealed"))).contains(canary));
        compareStatus(run("seal folder --out x.sealed"), 8, "file.exists");
        const Said inspected = run("inspect x.sealed");
        QCOMPARE(inspected.json()[text("kind")].toString(), text("package"));
        QCOMPARE(run("verify x.sealed").status, 0);
        const Said opened = run("open x.sealed --out out");
        QVERIFY2(opened.status == 0, opened.out + opened.err);
        QCOMPARE(contentsOf(m_machine->work(text("out/folder/ö.txt"))), QByteArray(canary));
        QCOMPARE(contentsOf(m_machine->work(text("out/folder/deep/a.txt"))), QByteArray(3'000'000, 'x'));
        QByteArray bytes = contentsOf(m_machine->work(text("x.sealed")));
        bytes[300] = static_cast<char>(bytes[300] ^ 1);
        writeFile(m_machine->work(text("y.sealed")), bytes);
        QCOMPARE(run("verify y.sealed").status, 5);
        QCOMPARE(run("inspect y.sealed").status, 5); // no signer is named for it either
        QCOMPARE(run("open y.sealed --out broken").status, 5);
        QVERIFY(QDir(m_machine->work(text("broken"))).isEmpty());
        compareStatus(m_other->run({text("open"), m_machine->work(text("x.sealed")), text("--any-signer"),
                                    text("--out"), text("out")}),
                      4, "key.not-for-this-data");
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
