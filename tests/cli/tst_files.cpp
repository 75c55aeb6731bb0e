#include "tests/cli/cli_machine.h"

#include <QRegularExpression>
#include <QtTest>

#include <unistd.h>

using namespace sealwright::tests;

namespace {

constexpr const char* canary = "Kanarienvogel-77";

QString text(const char* plain) {
    return QString::fromLatin1(plain);
}

QString sample(const char* name) {
    return QLatin1String(SEALWRIGHT_SOURCE_DIR "/resources/sample/") + QLatin1String(name);
}

} // namespace

/// sealwright-cli on files, without a platform: what goes in, what comes out, and how it ends.
class FilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<CliMachine> m_machine, m_other;

    Said run(const QStringList& arguments, const QByteArray& input = {}) const {
        return m_machine->run(arguments, input);
    }
    Said run(const char* words, const QByteArray& input = {}) const {
        return run(QString::fromLatin1(words).split(QLatin1Char(' ')), input);
    }
    void clearWork() const {
        QDir(m_machine->work()).removeRecursively();
        QDir().mkpath(m_machine->work());
    }
    void compareStatus(const Said& said, int status, const char* code) const {
        QCOMPARE(said.code(), text(code));
        QCOMPARE(said.status, status);
    }

private Q_SLOTS:
    void initTestCase() {
        m_machine = std::make_unique<CliMachine>();
        m_other = std::make_unique<CliMachine>();
        compareStatus(run("keys show"), 4, "key.missing");
        writeFile(m_machine->work(text("a.csv")), "a\n1\n");
        compareStatus(run("encrypt a.csv"), 4, "key.missing");
        const Said made = run({text("keys"), text("init"), text("--name"), text("Ward 3")});
        QVERIFY2(made.status == 0, made.out + made.err);
        QCOMPARE(made.json()[text("keys")].toArray().size(), 2);
        compareStatus(run("keys init"), 4, "key.exists");
        QCOMPARE(m_other->run({text("keys"), text("init")}).status, 0);
    }
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
                                  "profile a --header maybe"})
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

    void publicHalvesAreExported() {
        QCOMPARE(run("keys export --out mine.jwks").status, 0);
        const QByteArray set = contentsOf(m_machine->work(text("mine.jwks")));
        QCOMPARE(QJsonDocument::fromJson(set).object()[text("keys")].toArray().size(), 2);
        QVERIFY(!set.contains("\"d\""));
        compareStatus(run("keys export --out mine.jwks"), 8, "file.exists");
        QCOMPARE(run("keys export --out mine.jwks --force").status, 0);
    }

    void profilesADataset() {
        const Said said = run({text("profile"), sample("ward-list.csv"), text("--write-policy"), text("p.json")});
        QVERIFY2(said.status == 0, said.out + said.err);
        const QJsonObject profile = said.json();
        QCOMPARE(profile[text("media_type")].toString(), text("text/csv"));
        QCOMPARE(profile[text("dialect")].toObject()[text("delimiter")].toString(), text(";"));
        QCOMPARE(profile[text("fields")].toArray()[0].toObject()[text("path")].toString(), text("ward"));
        QVERIFY(profile[text("records")].toInteger() > 5);
        const QJsonObject policy = QJsonDocument::fromJson(contentsOf(m_machine->work(text("p.json")))).object();
        QCOMPARE(policy[text("fields")].toArray().size(), profile[text("fields")].toArray().size());
        // What was written can be used as it is.
        const Said sealed = run(
            {text("encrypt"), sample("ward-list.csv"), text("--policy"), text("p.json"), text("--out"), text("w.csv")});
        QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
        compareStatus(run({text("profile"), sample("ward-list.csv"), text("--write-policy"), text("p.json")}), 8,
                      "file.exists");
        const Said piped = run({text("profile"), text("-")}, contentsOf(sample("ward-list.csv")));
        QCOMPARE(piped.json()[text("fields")], profile[text("fields")]);
    }

    /// What profile writes, encrypt reads, however wide the table is; else it says so and writes nothing.
    void writesNoPolicyThatIsRefused() {
        const auto wide = [](int columns) {
            QByteArray header, record;
            for (int i = 0; i < columns; ++i) {
                header += (i > 0 ? ",measurement_" : "measurement_") + QByteArray::number(i);
                record += i > 0 ? ",1" : "1";
            }
            return header + '\n' + record + '\n';
        };
        writeFile(m_machine->work(text("wide.csv")), wide(9'000));
        QCOMPARE(run("profile wide.csv --write-policy p.json").status, 0);
        const Said sealed = run("encrypt wide.csv --policy p.json --dry-run");
        QVERIFY2(sealed.status == 0, sealed.out.left(2000));
        QCOMPARE(sealed.json()[text("fields")].toArray().size(), 9'000);
        writeFile(m_machine->work(text("wider.csv")), wide(30'000));
        compareStatus(run("profile wider.csv --write-policy q.json"), 3, "policy.too-large");
        QVERIFY(!m_machine->workFiles().contains(text("q.json")));
    }

    /// A record of a table of words is sealed though nobody said that there is no header, and the owner has the last
    /// word.
    void theFirstLineIsNotShownUnlessItIsAHeader() {
        const QByteArray records = "Ada Lovelace,London,HIV positive\nBea Smith,Paris,Healthy\n";
        writeFile(m_machine->work(text("people.csv")), records);
        const Said plain = m_machine->say({text("encrypt"), text("people.csv"), text("--out"), text("s")});
        QVERIFY2(plain.status == 0, plain.err);
        QVERIFY2(plain.out.contains("first line is a record") && plain.out.contains("2 records"), plain.out);
        QVERIFY(!contentsOf(m_machine->work(text("s"))).contains("Lovelace"));
        QCOMPARE(run("decrypt s --out back").status, 0);
        QCOMPARE(contentsOf(m_machine->work(text("back"))), records);

        writeFile(m_machine->work(text("named.csv")), "name,city,diagnosis\n" + records);
        const Said named = run("profile named.csv");
        QCOMPARE(named.json()[text("records")].toInteger(), 2);
        QCOMPARE(named.json()[text("column_names")].toArray().size(), 3);
        QVERIFY(m_machine->say({text("encrypt"), text("named.csv"), text("--dry-run")})
                    .out.contains("Column names leave readable: name, city, diagnosis"));
        const Said overruled = run("encrypt named.csv --header no --out t");
        QCOMPARE(overruled.json()[text("records")].toInteger(), 3);
        QCOMPARE(overruled.json()[text("column_names")].toArray().size(), 0);
        QVERIFY(!contentsOf(m_machine->work(text("t"))).contains("diagnosis"));
    }

    void theDialectCanBeSaid() {
        writeFile(m_machine->work(text("odd.txt")), "a|b;\"c\n\xe9|2;3\n");
        const Said odd = run({text("profile"), text("odd.txt"), text("--media-type"), text("text/csv"),
                              text("--delimiter"), text(";"), text("--quote"), text("none"), text("--header"),
                              text("yes"), text("--encoding"), text("iso-8859-15")});
        QVERIFY2(odd.status == 0, odd.out);
        const QJsonObject dialect = odd.json()[text("dialect")].toObject();
        QCOMPARE(dialect[text("delimiter")].toString(), text(";"));
        QCOMPARE(dialect[text("quote")].toString(), QString());
        QCOMPARE(dialect[text("header")].toBool(), true);
        QCOMPARE(dialect[text("encoding")].toString(), text("ISO-8859-15"));
        QCOMPARE(odd.json()[text("fields")].toArray()[1].toObject()[text("path")].toString(), text("\"c"));
        compareStatus(run("profile odd.txt --media-type text/csv --delimiter ; --encoding EBCDIC"), 3,
                      "data.encoding.unsupported");
        compareStatus(run("profile odd.txt --encoding UTF-16"), 3, "data.encoding.utf-16");

        writeFile(m_machine->work(text("tabs.csv")), "a\tb\n1\t2\n");
        QCOMPARE(run("profile tabs.csv --delimiter tab").json()[text("fields")].toArray().size(), 2);
        QCOMPARE(run("profile tabs.csv --delimiter ,").json()[text("fields")].toArray().size(), 1);

        writeFile(m_machine->work(text("two.json")), R"({"a":[{"x":1}],"b":[{"y":2},{"y":3}]})");
        QCOMPARE(run("profile two.json").json()[text("records")].toInteger(), 1);
        const Said second = run("profile two.json --records-at b[]");
        QCOMPARE(second.json()[text("records")].toInteger(), 2);
        QCOMPARE(second.json()[text("dialect")].toObject()[text("records_at")].toString(), text("b[]"));
        const Said whole = run({text("profile"), text("two.json"), text("--records-at"), QString()});
        QCOMPARE(whole.json()[text("fields")].toArray().size(), 2);
        compareStatus(run("profile two.json --records-at c[]"), 3, "data.json.no-records");
    }

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

    /// A signer is named only for data that was compared.
    void inspectingNamesASignerOnlyForWhatWasSigned() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\nBea\n");
        QCOMPARE(run("encrypt people.csv --out s").status, 0);
        const auto kid = run("inspect s").json()[text("signer")].toString();
        QVERIFY(!kid.isEmpty());
        QCOMPARE(run("inspect s.manifest.json").json()[text("signer")].toString(), kid);
        QVERIFY(m_machine->say({text("inspect"), text("s")}).out.contains("Signed by: this machine"));

        QDir(m_machine->work()).mkpath(text("alone"));
        for (const char* name : {"s.manifest.json", "s.manifest.jws"})
            QVERIFY(QFile::copy(m_machine->work(text(name)), m_machine->work(text("alone/") + text(name))));
        const Said alone = run("inspect alone/s.manifest.json");
        QCOMPARE(alone.status, 0);
        QVERIFY(alone.json()[text("signer")].isNull() && alone.json()[text("content_matches")].isNull());
        QVERIFY(m_machine->say({text("inspect"), text("alone/s.manifest.json")}).out.contains("not compared"));

        const QByteArray stored = contentsOf(m_machine->work(text("s")));
        writeFile(m_machine->work(text("s")), stored.left(stored.indexOf('\n') + 1));
        for (const char* name : {"s", "s.manifest.json"}) {
            const Said changed = run({text("inspect"), text(name)});
            QCOMPARE(changed.status, 0);
            QVERIFY(changed.json()[text("signer")].isNull());
            QCOMPARE(changed.json()[text("content_matches")].toBool(true), false);
            const Said plain = m_machine->say({text("inspect"), text(name)});
            QVERIFY(plain.out.contains("changed since it was signed"));
            QVERIFY(!plain.out.contains("Signed by"));
        }
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

    void aDryRunWritesNothing() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        const Said said = run("encrypt people.csv --dry-run");
        QVERIFY2(said.status == 0, said.out + said.err);
        QVERIFY(said.json()[text("dry_run")].toBool());
        QCOMPARE(m_machine->workFiles(), QStringList{text("people.csv")});
    }

    /// All that a policy cannot take is listed at once, by a dry run and by a run.
    void whatAPolicyCannotTakeIsListed() {
        writeFile(m_machine->work(text("cards.csv")), "card,n\n1234567,1\n12,2\n7654321,3\n34,4\n");
        writeFile(m_machine->work(text("p.json")),
                  R"({"version":1,"fields":[{"path":"card","action":"fpe","alphabet":"digits"}]})");
        const auto before = m_machine->workFiles();
        const Said dry = run("encrypt cards.csv --policy p.json --dry-run");
        QCOMPARE(dry.status, 3);
        const QJsonObject profile = dry.json()[text("profile")].toObject();
        QCOMPARE(profile[text("unfit_count")].toInteger(), 2);
        QCOMPARE(profile[text("unfit")].toArray()[1].toObject()[text("where")].toObject()[text("record")].toInteger(),
                 3);
        const Said plain =
            m_machine->say({text("encrypt"), text("cards.csv"), text("--policy"), text("p.json"), text("--dry-run")});
        QCOMPARE(plain.status, 3);
        QVERIFY2(plain.out.contains("record 2, field card") && plain.out.contains("record 4, field card") &&
                     plain.out.contains("2 values cannot be taken"),
                 plain.out);
        const Said real = run("encrypt cards.csv --policy p.json");
        compareStatus(real, 3, "value.not-for-fpe");
        QCOMPARE(real.json()[text("reported")].toArray().size(), 2);
        QCOMPARE(m_machine->workFiles(), before);
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

    /// Counts and row order show without a key.
    void verifyingWithoutAKeyLooksAtRecords() {
        QCOMPARE(m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks")}).status, 0);
        writeFile(m_machine->work(text("people.csv")), "name\nAda\nBea\nCid\n");
        const Said sealed = run({text("encrypt"), text("people.csv"), text("--to"), m_other->work(text("other.jwks")),
                                 text("--not-self"), text("--out"), text("s")});
        QVERIFY2(sealed.status == 0, sealed.out + sealed.err);
        const Said whole = run("verify s");
        QVERIFY2(whole.status == 0, whole.out + whole.err);
        QVERIFY(!whole.json()[text("opened")].toBool());
        QCOMPARE(whole.json()[text("records")].toInteger(), 3);
        QVERIFY(m_machine->say({text("verify"), text("s")}).out.contains("row order hold"));

        QList<QByteArray> lines = contentsOf(m_machine->work(text("s"))).split('\n');
        lines.swapItemsAt(1, 2);
        writeFile(m_machine->work(text("s")), lines.join('\n'));
        const Said swapped = run("verify s");
        QCOMPARE(swapped.status, 5);
        QVERIFY2(swapped.out.contains("rows-not-ascending"), swapped.out);
        QVERIFY(!m_machine->say({text("verify"), text("s")}).out.contains("hold."));
    }

    void whatIsSealedForOthersOnlyTheyOpen() {
        QCOMPARE(m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks")}).status, 0);
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

    /// Escape sequences in names, and lines that would look like the program's own.
    void namesDoNotSteerTheTerminal() {
        const QByteArray name = "\x1b]2Jna\u202eme\xc2\x9b"
                                "
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
        QCOMPARE(m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks")}).status, 0);
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

    void theRecoveryKitMovesTheKeys() {
        writeFile(m_machine->work(text("kit-words")), "kit words\n");
        const Said backup = run("keys backup --out kit.txt --kit-passphrase-file kit-words");
        QVERIFY2(backup.status == 0, backup.out + backup.err);
        compareStatus(run("keys backup --out kit.txt --kit-passphrase-file kit-words"), 8, "file.exists");
        const QString kit = m_machine->work(text("kit.txt")), words = m_machine->work(text("kit-words"));
        CliMachine fresh;
        writeFile(fresh.work(text("wrong")), "other words\n");
        compareStatus(fresh.run({text("keys"), text("restore"), kit, text("--kit-passphrase-file"), text("wrong")}), 4,
                      "key.passphrase-wrong");
        const Said restored = fresh.run({text("keys"), text("restore"), kit, text("--kit-passphrase-file"), words});
        QVERIFY2(restored.status == 0, restored.out + restored.err);
        const auto kids = [](const Said& said) {
            QStringList all;
            for (const auto& key : said.json()[text("keys")].toArray())
                all << key.toObject()[text("kid")].toString();
            return all;
        };
        QCOMPARE(kids(fresh.run({text("keys"), text("show")})), kids(run("keys show")));
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        QCOMPARE(run("encrypt people.csv --out s").status, 0);
        QCOMPARE(fresh.run({text("verify"), m_machine->work(text("s"))}).status, 0);
        compareStatus(fresh.run({text("keys"), text("restore"), kit, text("--kit-passphrase-file"), words}), 4,
                      "key.exists");
    }

    void theWrongPassphraseIsToldApart() {
        writeFile(m_machine->work(text("people.csv")), "name\nAda\n");
        const QString file = m_machine->path(text("passphrase"));
        const QByteArray right = contentsOf(file);
        writeFile(file, "wrong\n");
        const Said said = run("encrypt people.csv");
        writeFile(file, right);
        compareStatus(said, 4, "key.passphrase-wrong");
        QCOMPARE(m_machine->workFiles(), QStringList{text("people.csv")});
    }

    void aFullDiskLeavesNothing() {
        writeFile(m_machine->work(text("people.csv")),
                  "name\n" + QByteArray("Ada Lovelace of London\n").repeated(20'000));
        QDir(m_machine->work()).mkpath(text("small"));
        const QString script = QStringLiteral("mount -t tmpfs -o size=256k,mode=700 tmpfs small || exit 99\n"
                                              "\"$@\"; status=$?; ls -A small >&2; exit $status");
        QProcess process;
        process.setWorkingDirectory(m_machine->work());
        process.start(text("unshare"), QStringList{text(::geteuid() == 0 ? "-m" : "-rm"), text("sh"), text("-c"),
                                                   script, text("sh"), CliMachine::program()} +
                                           m_machine->globals() +
                                           QStringList{text("encrypt"), text("people.csv"), text("--out"),
                                                       text("small/s"), text("--json")});
        const Said said = m_machine->finish(process);
        if (said.status == 99 || said.err.contains("unshare:"))
            QSKIP("this system lets nobody mount a small file system: a full disk was NOT tried");
        compareStatus(said, 8, "file.no-space");
        for (const QByteArray& line : said.err.split('\n'))
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
        QTRY_VERIFY_WITH_TIMEOUT(!QDir(m_machine->path(text("profile/spool"))).isEmpty(), 60'000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 130);
        QCOMPARE(said.code(), text("cancelled"));
        QCOMPARE(m_machine->workFiles(), QStringList());
        QCOMPARE(m_machine->leaks(canary, {}), QStringList());
    }

    void interruptedInTheMiddleOfAFile() {
        QByteArray big = "name,ward\n";
        while (big.size() < 80'000'000)
            big += "Ada Lovelace,3\nGrace Hopper,4\n";
        writeFile(m_machine->work(text("big.csv")), big);
        QProcess process;
        m_machine->start(process, {text("encrypt"), text("big.csv"), text("--out"), text("s"), text("--json")});
        QTRY_VERIFY_WITH_TIMEOUT(m_machine->workFiles().size() == 2, 120'000); // its temporary file
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const Said said = m_machine->finish(process);
        QCOMPARE(said.status, 130);
        QCOMPARE(m_machine->workFiles(), QStringList{text("big.csv")});
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
