#pragma once
#include "tests/cli/cli_machine.h"

#include <optional>

namespace sealwright::tests {

/// Runs a command with a file system of `size` (as mount takes it: "8m") in the place of `folder`. What is left in
/// there at the end is listed on its standard error. Nothing where this system lets nobody mount one.
inline std::optional<Said> runOnSmallDisk(const CliMachine& machine, const QString& folder, const QString& size,
                                          const QStringList& arguments) {
    const QString script = QStringLiteral(R"(folder=$1
mount -t tmpfs -o "size=$2,mode=700" tmpfs "$folder" || exit 99
shift 2
"$@"
status=$?
ls -A "$folder" >&2
exit $status)");
    const QString shell = QStringLiteral("sh");
    QProcess process;
    process.setWorkingDirectory(machine.work());
    process.start(QStringLiteral("unshare"),
                  QStringList{::geteuid() == 0 ? QStringLiteral("-m") : QStringLiteral("-rm"), shell,
                              QStringLiteral("-c"), script, shell, folder, size, CliMachine::program()} +
                      machine.globals() + arguments);
    Said said = machine.finish(process);
    if (said.status == 99 || said.err.contains("unshare:"))
        return std::nullopt;
    return said;
}

} // namespace sealwright::tests
