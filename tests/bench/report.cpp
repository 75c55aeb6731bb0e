#include "tests/bench/report.h"

#include <QDateTime>
#include <QJsonArray>

#include <cstdio>

namespace sealwright::bench {

namespace {

/// One line for each thing that was measured, what is a plain number after them.
void printFigures(const QJsonObject& figures) {
    for (auto it = figures.begin(); it != figures.end(); ++it) {
        if (!it->isObject())
            continue;
        const QJsonObject of = it->toObject();
        std::printf("  %-18s %8.2f s   %8.2f CPU s   %6.0f MiB", qPrintable(it.key()),
                    of[QStringLiteral("seconds")].toDouble(), of[QStringLiteral("cpu_seconds")].toDouble(),
                    of[QStringLiteral("peak_mib")].toDouble());
        if (of.contains(QStringLiteral("values_per_second")))
            std::printf("   %9.0f values/s", of[QStringLiteral("values_per_second")].toDouble());
        std::puts("");
    }
    for (auto it = figures.begin(); it != figures.end(); ++it)
        if (it->isDouble())
            std::printf("  %s: %.2f\n", qPrintable(it.key()), it->toDouble());
}

} // namespace

void print(const Section& section) {
    std::printf("\n%s\n", section.name.c_str());
    if (!section.problem.empty())
        std::printf("  not measured: %s\n", section.problem.c_str());
    printFigures(section.figures);
    for (const Aim& aim : section.aims)
        std::printf("  %-6s %8.2f   (%s %g)  %s\n", aim.met() ? "met" : "MISSED", aim.ratio,
                    aim.atLeast ? "at least" : "at most", aim.aim, aim.what.c_str());
    std::fflush(stdout);
}

void printMachine(const QJsonObject& machine) {
    std::printf("%s, %d cores, %d GiB, %s, %s build\n", qPrintable(machine[QStringLiteral("cpu")].toString()),
                machine[QStringLiteral("cores")].toInt(), machine[QStringLiteral("memory_gib")].toInt(),
                qPrintable(machine[QStringLiteral("system")].toString()),
                qPrintable(machine[QStringLiteral("build")].toString()));
    std::fflush(stdout);
}

QJsonObject report(const QJsonObject& machine, const Setting& setting, const std::vector<Section>& sections) {
    QJsonObject all{{QStringLiteral("at"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                    {QStringLiteral("version"), QStringLiteral(SEALWRIGHT_VERSION)},
                    {QStringLiteral("machine"), machine},
                    {QStringLiteral("bytes"), static_cast<double>(setting.bytes)},
                    {QStringLiteral("runs"), setting.runs}};
    for (const Section& section : sections) {
        QJsonArray aims;
        for (const Aim& aim : section.aims)
            aims.append(QJsonObject{{QStringLiteral("what"), QString::fromStdString(aim.what)},
                                    {QStringLiteral("ratio"), aim.ratio},
                                    {aim.atLeast ? QStringLiteral("at_least") : QStringLiteral("at_most"), aim.aim},
                                    {QStringLiteral("met"), aim.met()}});
        QJsonObject object = section.figures;
        object[QStringLiteral("aims")] = aims;
        if (!section.problem.empty())
            object[QStringLiteral("problem")] = QString::fromStdString(section.problem);
        all[QString::fromStdString(section.name)] = object;
    }
    return all;
}

} // namespace sealwright::bench
