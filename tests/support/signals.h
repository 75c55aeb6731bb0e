#pragma once

#include <QProcess>

#include <csignal>

namespace sealwright::test {

/// Sends a signal to one process and says whether it was there. Never to 0 or -1: those are whole groups of processes,
/// the test's own among them, and 0 is also the number of a QProcess that has ended.
[[nodiscard]] inline bool sendSignal(qint64 process, int signal) {
    return process > 1 && ::kill(static_cast<pid_t>(process), signal) == 0;
}

} // namespace sealwright::test
