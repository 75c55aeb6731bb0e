#include "tests/bench/generate.h"
#include "tests/bench/machine.h"
#include "tests/bench/report.h"
#include "tests/bench/works.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>
#include <QTemporaryDir>

#include <cstdio>
#include <functional>
#include <map>

using namespace sealwright::bench;

namespace {

const QStringList allSections{QStringLiteral("values"), QStringLiteral("package"), QStringLiteral("upload"),
                              QStringLiteral("memory")};

bool writeReport(const QString& path, const QJsonObject& report) {
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(report).toJson()) > 0 && file.commit();
}

int measure(QCommandLineParser& options) {
    const bool quick = options.isSet(QStringLiteral("quick"));
    const QStringList wanted = options.value(QStringLiteral("only")).split(QLatin1Char(','));
    bool sizeGiven = false, runsGiven = false;
    const double megabytes = options.value(QStringLiteral("size")).toDouble(&sizeGiven);
    const int runs = options.value(QStringLiteral("runs")).toInt(&runsGiven);
    for (const QString& name : wanted)
        if (!allSections.contains(name) || !sizeGiven || !runsGiven || megabytes <= 0 || runs < 1) {
            std::fputs(qPrintable(options.helpText()), stderr);
            return 2;
        }
    if (!QDir().mkpath(options.value(QStringLiteral("folder"))))
        return 1;
    const QTemporaryDir folder(options.value(QStringLiteral("folder")) + QStringLiteral("/bench-XXXXXX"));
    const Setting setting{folder.path().toStdString(), static_cast<std::uint64_t>((quick ? 64 : megabytes) * 1e6),
                          quick ? 1 : runs};

    const QJsonObject facts = machine();
    printMachine(facts);
    std::printf("a table of %.0f MB, the best of %d\n", static_cast<double>(setting.bytes) / 1e6, setting.runs);
    std::fflush(stdout);
    if (!folder.isValid() || !writeTable(tablePath(setting), setting.bytes)) {
        std::fprintf(stderr, "cannot write below %s\n", setting.folder.c_str());
        return 1;
    }
    const std::map<QString, std::function<Section(const Setting&)>> measures{
        {QStringLiteral("values"), measureValues},
        {QStringLiteral("package"), measurePackage},
        {QStringLiteral("upload"), measureUpload},
        {QStringLiteral("memory"), measureMemory}};
    std::vector<Section> sections;
    bool well = true;
    for (const QString& name : wanted) {
        sections.push_back(measures.at(name)(setting));
        well = well && sections.back().problem.empty();
        print(sections.back());
    }
    const QString target = options.value(QStringLiteral("json"));
    if (!target.isEmpty() && !writeReport(target, report(facts, setting, sections))) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(target));
        return 1;
    }
    return well ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("work")) {
        std::vector<std::string> arguments;
        for (const QString& word : words.mid(2))
            arguments.push_back(word.toStdString());
        return work(arguments);
    }
    QCommandLineParser options;
    options.setApplicationDescription(
        QStringLiteral("Measures Sealwright against its peers, as ratios in one run. Ends "
                       "with 0 where everything could be measured."));
    options.addHelpOption();
    options.addOptions({{QStringLiteral("quick"), QStringLiteral("64 MB, one run: to see that it works.")},
                        {QStringLiteral("size"), QStringLiteral("Megabytes of the table (1000)."), QStringLiteral("MB"),
                         QStringLiteral("1000")},
                        {QStringLiteral("runs"), QStringLiteral("Rounds, of which the best counts (3)."),
                         QStringLiteral("N"), QStringLiteral("3")},
                        {QStringLiteral("only"), QStringLiteral("Some of values,package,upload,memory."),
                         QStringLiteral("LIST"), allSections.join(QLatin1Char(','))},
                        {QStringLiteral("json"), QStringLiteral("Writes the figures there."), QStringLiteral("FILE")},
                        {QStringLiteral("folder"), QStringLiteral("Where the data go while it runs (here)."),
                         QStringLiteral("DIR"), QStringLiteral(".")}});
    options.process(app);
    return measure(options);
}
