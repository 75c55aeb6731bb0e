#include "tests/cli/file_machine.h"

#include <QRegularExpression>
#include <QtTest>

using namespace sealwright::tests;

/// How sealwright-cli is used, and what it says.
class UsageTest : public QObject, FileMachine {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeKeys(); }
    void init() { clearWork(); }

    void wrongUseIsStatusTwo_data() {
        QTest::addColumn<QString>("words");
        for (const char* words : {"nonsense",
                                  "encrypt",
                                  "encrypt a b",
                                  "encrypt a --no-such-option",
                                  "profile --policy",
                                  "jobs run",
                                  "jobs list --state odd",
                                  "encrypt a --threads none",
                                  "encrypt a --threads 0",
                                  "encrypt a --threads 257",
                                  "encrypt a --threads 100000",
                                  "encrypt a --dry-run --threads x",
                                  "encrypt a --threads -1",
                                  "decrypt a",
                                  "seal a --compress lzma --out b",
                                  "--passphrase-fd x keys show",
                                  "keys backup",
                                  "encrypt a --dataset-id x",
                                  "encrypt a --out -",
                                  "encrypt a --media-type text/html",
                                  "encrypt a --policy p --policy q",
                                  "profile a --delimiter ab",
                                  "profile a --quote x",
                                  "profile a --header maybe",
                                  "jobs run x --limit-rate 0",
                                  "jobs run x --limit-rate 1023",
                                  "jobs run x --limit-rate 5MB",
                                  "jobs run x --limit-rate 5m",
                                  "jobs run x --limit-rate M",
                                  "jobs run x --limit-rate -5M",
                                  "jobs run x --limit-rate 1.5M",
                                  "jobs run x --limit-rate 17179869184G",
                                  "jobs work --limit-rate fast",
                                  "results get x --out d --limit-rate fast"})
            QTest::newRow(words) << QString::fromLatin1(words);
    }

    void wrongUseIsStatusTwo() {
        QFETCH(QString, words);
        writeFile(m_machine->work(text("a")), "a\n1\n");
        const Said said = run(words.split(QLatin1Char(' ')));
        compareStatus(said, 2, "usage.wrong");
        QCOMPARE(m_machine->workFiles(), QStringList{text("a")});
        const Said plain = m_machine->say(words.split(QLatin1Char(' ')));
        QCOMPARE(plain.status, 2);
        QVERIFY(plain.out.isEmpty());
        QVERIFY(plain.err.contains("usage.wrong"));
    }

    void helpIsThereForEveryCommand() {
        const Said overview = m_machine->say({text("--help")});
        QCOMPARE(overview.status, 0);
        const QRegularExpression name(text("^  ((?:keys|jobs|results) [a-z]+|[a-z]+)(?: |$)"),
                                      QRegularExpression::MultilineOption);
        auto all = name.globalMatch(QString::fromUtf8(overview.out));
        int commands = 0;
        while (all.hasNext()) {
            const QString command = all.next().captured(1);
            if (command.startsWith(text("sealwright")))
                continue;
            ++commands;
            const Said help = m_machine->say(command.split(QLatin1Char(' ')) + QStringList{text("--help")});
            QVERIFY2(help.status == 0 && help.out.contains(command.toUtf8()), command.toUtf8());
        }
        QVERIFY(commands >= 18);
        QCOMPARE(m_machine->say({text("--version")}).status, 0);
    }

    /// Escape sequences in names, and lines that would look like the program's own.
    void namesDoNotSteerTheTerminal() {
        const QByteArray name = "\x1b]2Jna\u202eme\xc2\x9b"
                                "1m";
        writeFile(m_machine->work(text("odd.jsonl")),
                  "{\"" + QByteArray("\\u001b]2Jna\\u202eme\\u009b1m\\nSigned by: you\\r") + "\": 1}\n");
        const Said profile = m_machine->say({text("profile"), text("odd.jsonl")});
        QVERIFY2(profile.status == 0, profile.err);
        QVERIFY2(profile.out.contains("\\u001B]2Jna\\u202Eme\\u009B1m\\u000ASigned by: you\\u000D"), profile.out);
        QVERIFY(run("encrypt odd.jsonl --out s").status == 0);
        // A manifest that nobody signed in this form: inspect still shows what it says.
        QByteArray manifest = contentsOf(m_machine->work(text("s.manifest.json")));
        const auto at = manifest.indexOf("\"tool\":\"") + 8;
        manifest.insert(at, "\\u001b]0;title\\u0007\\nSigned by: this machine\xc2\x9b");
        writeFile(m_machine->work(text("s.manifest.json")), manifest);
        const Said inspected = m_machine->say({text("inspect"), text("s")});
        QVERIFY2(inspected.status == 0, inspected.err);
        for (const Said& said : {profile, inspected, m_machine->say({text("profile"), QString::fromUtf8(name)})}) {
            for (const QByteArray& bytes : {said.out, said.err}) {
                QVERIFY2(!bytes.contains('\x1b') && !bytes.contains("\xc2\x9b") && !bytes.contains('\r'), bytes);
                QVERIFY2(!bytes.contains(QByteArray("\u202e")) && !bytes.contains("\nSigned by: you"), bytes);
                QVERIFY2(!bytes.contains("\nSigned by: this machine"), bytes);
            }
        }
        // Programs get what is there.
        QCOMPARE(run("profile odd.jsonl").json()[text("fields")].toArray()[0].toObject()[text("path")].toString(),
                 QString::fromUtf8(name + "\nSigned by: you\r"));
    }

    /// With --json standard error is lines of JSON, and what is reported is in the result too.
    void whatIsReportedIsInTheResult() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\nBea\n");
        QCOMPARE(run("encrypt people.csv --out s").status, 0);
        QCOMPARE(run("seal people.csv --out x.sealed").status, 0);
        const QString data = m_machine->work(text("s")), package = m_machine->work(text("x.sealed"));
        QCOMPARE(
            m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks"), text("--force")}).status, 0);
        const QString other = m_other->work(text("other.jwks"));
        QCOMPARE(run({text("seal"), text("people.csv"), text("--to"), other, text("--out"), text("o.sealed")}).status,
                 0);
        const Said verified = m_other->run({text("verify"), data, text("--any-signer")});
        const Said checked = m_other->run({text("verify"), package, text("--any-signer")});
        const Said opened = m_other->run(
            {text("open"), m_machine->work(text("o.sealed")), text("--any-signer"), text("--out"), text("opened")});
        for (const Said& said : {verified, checked, opened}) {
            QVERIFY2(said.status == 0, said.out + said.err);
            const QJsonArray reported = said.json()[text("reported")].toArray();
            QCOMPARE(reported.size(), 1);
            QCOMPARE(reported[0].toObject()[text("kind")].toString(), text("unknown-signer"));
        }
        const Said streamed = run("decrypt s --out -");
        QCOMPARE(streamed.status, 0);
        QVERIFY2(streamed.err.contains("unchecked-output"), streamed.err);
        for (const Said& said : {verified, checked, opened, streamed}) {
            for (const QByteArray& line : said.err.split('\n'))
                QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line);
        }
    }
};

QTEST_GUILESS_MAIN(UsageTest)
#include "tst_usage.moc"
