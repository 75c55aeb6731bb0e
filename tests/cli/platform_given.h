#pragma once
#include "tests/cli/cli_machine.h"
#include "tests/cli/texts.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"

#include <QtTest>

namespace sealwright::tests {

/// What tests of the program against a platform share: the platform, and a machine that may register with it.
class GivenPlatform {
protected:
    std::unique_ptr<test::PlatformProcess> m_platform;
    std::unique_ptr<CliMachine> m_machine;
    std::string m_machineId; ///< once it is registered

    /// The platform, with these arguments, and a fresh machine that does not know it.
    void begin(const QStringList& more = {}) {
        m_platform = std::make_unique<test::PlatformProcess>();
        QVERIFY2(m_platform->start(more), m_platform->log());
        m_machine = std::make_unique<CliMachine>();
    }
    /// After begin(); `more` are further words of the command.
    void registerMachine(const QStringList& more = {}) {
        const Said said = run(QStringList{text("register"), text("--invite"), text("-")} + more,
                              QByteArray::fromStdString(m_platform->invitation()));
        QVERIFY2(said.status == 0, said.out + said.err);
        m_machineId = said.json()[text("machine_id")].toString().toStdString();
        QVERIFY(!m_machineId.empty());
    }
    Said run(const QStringList& arguments, const QByteArray& input = {}) const {
        return m_machine->run(arguments, input);
    }
    /// A job's id; empty where none was made.
    QString place(test::JobOrder order) const {
        order.machineId = m_machineId;
        return QString::fromStdString(test::placeForId(*m_platform, std::move(order)));
    }
    /// As the program has it.
    QString stateOf(const QString& id) const {
        return run({text("jobs"), text("show"), id}).json()[text("state")].toString();
    }
};

} // namespace sealwright::tests
