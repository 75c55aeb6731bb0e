#pragma once
#include "tests/support/signals.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <algorithm>

namespace sealwright::test {

/// What proc(5) says of a process in its `stat`, from the state on: "S 1 …". Empty where there is no such process.
inline QList<QByteArray> statOf(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2).split(' '); // a name may hold anything, also blanks and brackets
}

/// A zombie, which nobody has asked about yet, does nothing any more.
inline bool isRunning(qint64 process) {
    const auto stat = statOf(process);
    return stat.size() > 1 && stat[0] != "Z" && stat[0] != "X";
}

inline QList<qint64> childrenOf(qint64 process) {
    QList<qint64> found;
    for (const auto& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs))
        if (const auto stat = statOf(name.toLongLong()); stat.size() > 1 && stat[1].toLongLong() == process)
            found.append(name.toLongLong());
    return found;
}

/// Ends a process and its children at once, as a power cut would, and returns when none of them runs any more. A
/// server's children can outlive it for a moment, and still answer.
[[nodiscard]] inline bool killWithChildren(qint64 process) {
    if (!sendSignal(process, SIGSTOP)) // so that it starts no more of them
        return false;
    auto all = childrenOf(process);
    all.prepend(process);
    for (const auto one : all)
        (void)sendSignal(one, SIGKILL); // a child may have ended by itself
    QElapsedTimer since;
    for (since.start(); since.elapsed() < 30'000; QThread::msleep(5))
        if (std::none_of(all.begin(), all.end(), isRunning))
            return true;
    return false;
}

} // namespace sealwright::test
