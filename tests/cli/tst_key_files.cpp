#include "tests/cli/file_machine.h"

#include <QtTest>

using namespace sealwright::tests;

/// This machine's keys as files: exported, backed up, taken over.
class KeyFilesTest : public QObject, FileMachine {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        compareStatus(run("keys show"), 4, "key.missing");
        writeFile(m_machine->work(text("a.csv")), "a\n1\n");
        compareStatus(run("encrypt a.csv"), 4, "key.missing");
        makeKeys();
        QCOMPARE(run("keys show").json()[text("keys")].toArray().size(), 2);
        compareStatus(run("keys init"), 4, "key.exists");
    }
    void init() { clearWork(); }

    void publicHalvesAreExported() {
        QCOMPARE(run("keys export --out mine.jwks").status, 0);
        const QByteArray set = contentsOf(m_machine->work(text("mine.jwks")));
        QCOMPARE(QJsonDocument::fromJson(set).object()[text("keys")].toArray().size(), 2);
        QVERIFY(!set.contains("\"d\""));
        compareStatus(run("keys export --out mine.jwks"), 8, "file.exists");
        QCOMPARE(run("keys export --out mine.jwks --force").status, 0);
    }

    void keysOfALostProfileAreTakenOver() {
        CliMachine machine;
        const Said made = machine.run({text("keys"), text("init")});
        QVERIFY2(made.status == 0, made.out + made.err);
        QVERIFY(!made.json()[text("taken_over")].toBool());
        QVERIFY(QDir(machine.path(text("profile"))).removeRecursively());
        compareStatus(machine.run({text("keys"), text("show")}), 4, "key.missing");
        const Said taken = machine.run({text("keys"), text("init")});
        QVERIFY2(taken.status == 0, taken.out + taken.err);
        QVERIFY(taken.json()[text("taken_over")].toBool());
        const auto kid = [](const Said& said, int which) {
            return said.json()[text("keys")].toArray().at(which).toObject()[text("kid")].toString();
        };
        for (const int which : {0, 1})
            QCOMPARE(kid(taken, which), kid(made, which));
        compareStatus(machine.run({text("keys"), text("init")}), 4, "key.exists");

        QVERIFY(QDir(machine.path(text("profile"))).removeRecursively());
        QVERIFY(QFile::remove(machine.path(text("keys/signing-key.pem"))));
        compareStatus(machine.run({text("keys"), text("init")}), 4, "key.unrecorded");
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
};

QTEST_GUILESS_MAIN(KeyFilesTest)
#include "tst_key_files.moc"
