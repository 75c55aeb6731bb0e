#pragma once
#include "tests/cli/cli_machine.h"
#include "tests/cli/texts.h"

#include <QtTest>

namespace sealwright::tests {

/// What tests of sealwright-cli on files share: a machine with keys, another one to seal for, and an empty folder to
/// work in.
class FileMachine {
protected:
    std::unique_ptr<CliMachine> m_machine = std::make_unique<CliMachine>(), m_other = std::make_unique<CliMachine>();

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
    void makeKeys() const {
        const Said made = run({text("keys"), text("init"), text("--name"), text("Ward 3")});
        QVERIFY2(made.status == 0, made.out + made.err);
        QCOMPARE(m_other->run({text("keys"), text("init")}).status, 0);
    }
};

} // namespace sealwright::tests
