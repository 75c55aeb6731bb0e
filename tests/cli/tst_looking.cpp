#include "tests/cli/file_machine.h"

#include <QtTest>

using namespace sealwright::tests;

/// Commands of sealwright-cli that look at datasets and write none.
class LookingTest : public QObject, FileMachine {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeKeys(); }
    void init() { clearWork(); }

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

    void saysOfEachFieldWhatItHolds() {
        writeFile(m_machine->work(text("people.jsonl")), "{\"name\":\"Otto\",\"born\":null}\n"
                                                         "{\"name\":\"\",\"born\":1970}\n"
                                                         "{\"name\":\"Z\xc3\xb6"
                                                         "e\"}\n");
        const QJsonArray fields = run("profile people.jsonl").json()[text("fields")].toArray();
        QCOMPARE(fields, (QJsonArray{QJsonObject{{text("path"), text("name")},
                                                 {text("type"), text("text")},
                                                 {text("values"), 3},
                                                 {text("nulls"), 0},
                                                 {text("empty"), 1},
                                                 {text("min_length"), 0},
                                                 {text("max_length"), 4}},
                                     QJsonObject{{text("path"), text("born")},
                                                 {text("type"), text("number")},
                                                 {text("values"), 2},
                                                 {text("nulls"), 1},
                                                 {text("empty"), 0},
                                                 {text("min_length"), 4},
                                                 {text("max_length"), 4}}}));
        const Said plain = m_machine->say({text("profile"), text("people.jsonl")});
        QCOMPARE(plain.status, 0);
        const QStringList rows = QString::fromUtf8(plain.out).split(QLatin1Char('\n'));
        const auto row = [&](const char* field) {
            for (const QString& line : rows)
                if (line.startsWith(text(field)))
                    return line.simplified();
            return QString();
        };
        QCOMPARE(row("field "), text("field type values nulls empty length"));
        QCOMPARE(row("name "), text("name text 3 0 1 0-4"));
        QCOMPARE(row("born "), text("born number 2 1 0 4-4"));
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

    /// Counts and row order show without a key.
    void verifyingWithoutAKeyLooksAtRecords() {
        QCOMPARE(
            m_other->run({text("keys"), text("export"), text("--out"), text("other.jwks"), text("--force")}).status, 0);
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
};

QTEST_GUILESS_MAIN(LookingTest)
#include "tst_looking.moc"
