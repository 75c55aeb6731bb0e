#include "tests/cli/cli_machine.h"
#include "tests/cli/texts.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// Registering as a person and as a script do it, where the invitation leaves the platform's key open (FORMAT.md §10).
class RegisterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::PlatformProcess> m_platform;
    std::unique_ptr<CliMachine> m_machine;
    QByteArray m_invitation; ///< without platform_kid
    QString m_kid;

    QStringList command(const QString& accept = {}) const {
        QStringList words{text("register"), text("--invite"), text("it's here.json"), text("--json")};
        if (!accept.isEmpty())
            words << text("--accept-platform-kid") << accept;
        return words;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("registering");
        m_platform = std::make_unique<test::PlatformProcess>();
        QVERIFY2(m_platform->start(), m_platform->log());
    }

    void init() {
        m_machine = std::make_unique<CliMachine>();
        QJsonObject invitation = QJsonDocument::fromJson(QByteArray::fromStdString(m_platform->invitation())).object();
        m_kid = invitation.take(text("platform_kid")).toString();
        QCOMPARE(m_kid.size(), 43);
        QVERIFY(writeFile(m_machine->work(text("it's here.json")), QJsonDocument(invitation).toJson()));
    }

    void withoutATerminalItSaysHowToGoOn() {
        const Said refused = m_machine->run(command());
        QCOMPARE(refused.code(), text("registration.key-not-accepted"));
        QCOMPARE(refused.status, 7);
        QVERIFY2(refused.out.contains(m_kid.toUtf8()), refused.out);
        const Said said = m_machine->say({text("register"), text("--invite"), text("it's here.json")});
        QCOMPARE(said.status, 7);
        QVERIFY2(said.err.contains("kid " + m_kid.toUtf8()), said.err);
        // What it prints is what a shell takes, and the invitation is still good.
        const QString line = QString::fromUtf8(said.err.mid(said.err.indexOf("sealwright-cli ")).split('\n').first());
        QProcess shell;
        shell.setWorkingDirectory(m_machine->work());
        shell.start(text("/bin/sh"),
                    {text("-c"), QString(line).replace(text("sealwright-cli"), CliMachine::program())});
        QVERIFY(shell.waitForFinished(120'000));
        QVERIFY2(shell.exitCode() == 0, line.toUtf8() + shell.readAllStandardError());
        // The first try made the keys; the kit is still to be made.
        QVERIFY(shell.readAllStandardOutput().contains("sealwright-cli keys backup"));
    }

    void anotherKeyLeavesTheInvitationUsable() {
        const QString another = text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        QCOMPARE(m_machine->run(command(another)).code(), text("registration.key-not-accepted"));
        const Said said = m_machine->run(command(m_kid));
        QVERIFY2(said.status == 0, said.out + said.err);
        QCOMPARE(said.json()[text("platform_kid")].toString(), m_kid);
    }

    void onATerminalAPersonIsAsked_data() {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QString>("code");
        QTest::newRow("yes") << QByteArray("yes\n") << QString();
        QTest::newRow("what is neither is asked again") << QByteArray("y\n\nyes\n") << QString();
        QTest::newRow("no") << QByteArray("no\n") << text("registration.key-not-accepted");
        QTest::newRow("interrupted") << QByteArray("\x03") << text("cancelled");
    }

    void onATerminalAPersonIsAsked() {
        QFETCH(QByteArray, typed);
        QFETCH(QString, code);
        Pty pty;
        QProcess process;
        m_machine->start(process, command(), pty.takeOver());
        const QByteArray shown = pty.shownUntil("(yes or no)", process);
        QVERIFY2(shown.contains(m_kid.toUtf8()), shown + process.readAllStandardError());
        QVERIFY(pty.type(typed));
        const Said said = m_machine->finish(process);
        if (code.isEmpty()) {
            QVERIFY2(said.status == 0, said.out + said.err);
            QCOMPARE(said.json()[text("platform_kid")].toString(), m_kid);
        } else {
            QCOMPARE(said.code(), code);
        }
        QCOMPARE(m_machine->run({text("jobs"), text("list")}).status, code.isEmpty() ? 0 : 6);
    }
};

QTEST_GUILESS_MAIN(RegisterTest)
#include "tst_register.moc"
