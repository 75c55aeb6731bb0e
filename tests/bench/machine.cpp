#include "tests/bench/machine.h"

#include <QFile>
#include <QSysInfo>

#include <thread>
#include <unistd.h>

namespace sealwright::bench {

namespace {

QString cpuName() {
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith("model name"))
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
    return QSysInfo::currentCpuArchitecture();
}

} // namespace

QJsonObject machine() {
    const double memory = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    return {{QStringLiteral("cpu"), cpuName()},
            {QStringLiteral("cores"), static_cast<int>(std::thread::hardware_concurrency())},
            {QStringLiteral("memory_gib"), static_cast<int>(memory / (1u << 30) + 0.5)},
            {QStringLiteral("system"), QSysInfo::prettyProductName()},
            {QStringLiteral("build"), QStringLiteral(SEALWRIGHT_BUILD_TYPE)}};
}

} // namespace sealwright::bench
