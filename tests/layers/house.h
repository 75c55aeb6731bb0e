#pragma once
#include "cmake_layers.h"
#include "source_text.h"

#include <QMap>

#include <functional>

// The house: what each folder may include, which Qt modules it may use, and what nobody may call. One table; the checks
// below it are pure functions of sources, so that the test can show them what they must refuse.
namespace layers {

using Sources = QMap<QString, QString>;                         ///< path below the project → text
using ModuleOf = std::function<QString(const QString& header)>; ///< "QWidget" → "Widgets", or empty where unknown

struct Rule {
    QStringList includes;  ///< folders, with all below them; its own is always one
    QStringList qt;        ///< modules; "*" any but Gui's, "**" any
    QStringList libraries; ///< other libraries, by their headers' beginnings
};

inline const QMap<QString, Rule>& house() {
    const QString crypto = QStringLiteral("crypto"), domain = QStringLiteral("models/domain"),
                  files = QStringLiteral("models/files"), dataset = QStringLiteral("models/dataset"),
                  insight = QStringLiteral("models/insight"), pipeline = QStringLiteral("models/pipeline"),
                  package = QStringLiteral("models/package"), ports = QStringLiteral("models/ports"),
                  tasks = QStringLiteral("models/tasks"), items = QStringLiteral("models/items"),
                  models = QStringLiteral("models"), app = QStringLiteral("app"), base = QStringLiteral("crypto/base"),
                  primitives = QStringLiteral("crypto/primitives"), keys = QStringLiteral("crypto/keys"),
                  os = QStringLiteral("os"), simd = QStringLiteral("simd"), core = QStringLiteral("Core"),
                  common = QStringLiteral("ui/common");
    const QStringList window{QStringLiteral("**")}, outside{QStringLiteral("*")};
    static const QMap<QString, Rule> rules{
        {base, {{}, {}, {}}},
        {primitives, {{base}, {}, {QStringLiteral("openssl/"), simd}}},
        {keys, {{base, primitives}, {}, {}}},
        {QStringLiteral("crypto/field"), {{base, primitives, keys}, {}, {}}},
        {QStringLiteral("crypto/stream"), {{base, primitives, keys}, {}, {}}},
        {QStringLiteral("crypto/jose"), {{base, primitives, keys}, {}, {}}},

        {domain, {{crypto}, {}, {}}},
        {files, {{crypto, domain}, {}, {os}}},
        {dataset, {{crypto, domain, files}, {}, {os, simd}}},
        {insight, {{crypto, domain, files, dataset}, {}, {}}},
        {pipeline, {{crypto, domain, files, dataset, insight}, {}, {os}}},
        {package,
         {{crypto, domain, files},
          {core},
          {QStringLiteral("quazip"), QStringLiteral("zstd"), QStringLiteral("zlib"), os}}},
        {ports, {{crypto, domain, files, dataset}, {}, {}}}, // dataset: for ByteSource and ByteSink
        {tasks, {{crypto, domain, files, dataset, insight, pipeline, package, ports}, {core}, {os}}},
        {items, {{crypto, domain}, {core}, {}}},
        {QStringLiteral("models/views"), {{crypto, domain, items}, {core}, {}}},

        {common, {{models}, window, {}}},
        {QStringLiteral("ui/shell"), {{models, QStringLiteral("ui")}, window, {}}},
        {QStringLiteral("ui/*"), {{models, common}, window, {}}},

        {QStringLiteral("app/amqp"), {{crypto, models, app}, outside, {QStringLiteral("amqp"), os}}},
        {QStringLiteral("app/keychain"), {{crypto, models, app}, outside, {QStringLiteral("qt6keychain/"), os}}},
        {QStringLiteral("app/window"), {{crypto, models, app, QStringLiteral("ui")}, window, {os}}},
        {QStringLiteral("app/main.cpp"), {{crypto, models, app, QStringLiteral("ui")}, window, {os}}},
        {QStringLiteral("app/*"), {{crypto, models, app}, outside, {os}}},
    };
    return rules;
}

struct Violation {
    QString file;
    int line = 0;
    QString what;
    QString text() const { return QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(what); }
};

inline QString folderOf(const QString& path) {
    return path.left(std::max<qsizetype>(path.lastIndexOf(QLatin1Char('/')), 0));
}

/// The file's own rule, its folder's, or that of all folders beside it.
inline const Rule* ruleOf(const QString& path) {
    const QString folder = folderOf(path);
    const QString top = folder.section(QLatin1Char('/'), 0, 0);
    for (const QString& name : {path, folder, top + QStringLiteral("/*")}) {
        const auto found = house().constFind(name);
        if (found != house().constEnd() && (folder != top || name != folder))
            return &*found;
    }
    return nullptr;
}

inline bool isBelow(const QString& path, const QString& folder) {
    return path == folder || path.startsWith(folder + QLatin1Char('/'));
}

inline bool isBelowAny(const QString& path, const QStringList& folders) {
    return std::any_of(folders.begin(), folders.end(), [&](const QString& folder) { return isBelow(path, folder); });
}

inline bool mayUseQt(const QStringList& allowed, const QString& module) {
    static const QStringList gui{QStringLiteral("Gui"),         QStringLiteral("Widgets"),
                                 QStringLiteral("Svg"),         QStringLiteral("SvgWidgets"),
                                 QStringLiteral("OpenGL"),      QStringLiteral("OpenGLWidgets"),
                                 QStringLiteral("PrintSupport")};
    if (module == QLatin1String("Test"))
        return false;
    return allowed.contains(module) || allowed.contains(QStringLiteral("**")) ||
           (allowed.contains(QStringLiteral("*")) && !gui.contains(module));
}

/// "std", "Qt", "os", "simd", or the header itself: a library's.
inline QString kindOf(const QString& header) {
    static const QRegularExpression standard(QStringLiteral("^[a-z_0-9]+$")), qt(QStringLiteral("^Qt?[A-Z]")),
        simd(QStringLiteral("^([a-z]+intrin|arm_neon)\\.h$")),
        system(QStringLiteral(
            "^(sys/.*|linux/"
            ".*|unistd|dirent|fcntl|malloc|termios|poll|pthread|spawn|signal|windows|io|direct)(\\.h)?$"));
    if (standard.match(header).hasMatch())
        return QStringLiteral("std");
    if (qt.match(header).hasMatch())
        return QStringLiteral("Qt");
    if (simd.match(header).hasMatch())
        return QStringLiteral("simd");
    return system.match(header).hasMatch() ? QStringLiteral("os") : header;
}

inline QString refusedHeader(const Rule& rule, const QString& folder, const QString& header, const CMakeLayers& cmake,
                             const ModuleOf& moduleOf) {
    const QString kind = kindOf(header);
    if (kind == QLatin1String("std"))
        return {};
    if (kind == QLatin1String("Qt")) {
        const QString module = moduleOf(header);
        if (module.isEmpty())
            return QStringLiteral("<%1> belongs to no Qt module").arg(header);
        if (!mayUseQt(rule.qt, module))
            return QStringLiteral("uses Qt %1 (<%2>)").arg(module, header);
        if (cmake.hasFolder(folder) && !cmake.linkedQt(folder).contains(module))
            return QStringLiteral("uses Qt %1 (<%2>), which CMake does not link here").arg(module, header);
        return {};
    }
    for (const QString& library : rule.libraries)
        if (kind.startsWith(library))
            return {};
    return QStringLiteral("includes <%1>").arg(header);
}

inline QString refusedInclude(const Rule& rule, const QString& path, const QString& file, const CMakeLayers& cmake) {
    const QString own = folderOf(path), other = folderOf(file);
    if (!file.contains(QLatin1Char('/')))
        return file.endsWith(QLatin1String(".moc"))
                   ? QString()
                   : QStringLiteral("\"%1\" is not a path below the project").arg(file);
    if (file.endsWith(QLatin1String(".cpp")))
        return QStringLiteral("includes %1").arg(file);
    // The report of faults tells what the owner reads.
    const bool report = own == QLatin1String("tests/support/faults") && file == QLatin1String("app/cli/sentences.h");
    if (isBelow(file, QStringLiteral("app/cli")) && own != QLatin1String("app/cli") && !report &&
        path != QLatin1String("app/cli_main.cpp"))
        return QStringLiteral("includes %1: nobody includes app/cli").arg(file);
    if (isBelow(path, QStringLiteral("tests")))
        return {};
    if (own == other)
        return {};
    if (!isBelowAny(other, rule.includes))
        return QStringLiteral("includes %1").arg(file);
    if (isBelow(file, QStringLiteral("app/window")) && path != QLatin1String("app/main.cpp"))
        return QStringLiteral("includes %1: only app/main.cpp does").arg(file);
    if (cmake.hasFolder(own) && cmake.hasFolder(other) && !cmake.linkedFolders(own).contains(other))
        return QStringLiteral("includes %1, whose target CMake does not link here").arg(file);
    return {};
}

/// Calls that wait inside an event loop, or open one (the house's principles). `exec` is SQL's in app/profile, the
/// program's own in its main, and a QDrag has no other way.
inline QList<Violation> bannedCalls(const QString& path, const QString& text) {
    static const QRegularExpression always(regex(
        R"re(\bQEventLoop\b|\bprocessEvents\b|(?:\.|->|::)\s*waitFor[A-Z]\w*|\bQ(?:Dialog|Menu|MessageBox|FileDialog|InputDialog|Thread)\s*::\s*exec\b|)re"
        R"re(\bQMessageBox\s*::\s*(?:information|question|warning|critical|about\w*)\s*\(|)re"
        R"re(\bQFileDialog\s*::\s*(?:get|save)\w+|\bQ(?:Input|Color|Font)Dialog\s*::\s*get\w+)re"));
    static const QRegularExpression exec(regex(R"re((?:(\w+)(?:\(\))?\s*(?:\.|->|::)\s*)?\bexec\s*\()re"));
    const QString code = blanked(text, true);
    QList<Violation> found;
    const auto add = [&](const QRegularExpressionMatch& match) {
        found.append({path, lineOf(code, match.capturedStart()), QStringLiteral("calls %1").arg(match.captured())});
    };
    for (auto it = always.globalMatch(code); it.hasNext();)
        add(it.next());
    const bool isProgram = path == QLatin1String("app/main.cpp") || path == QLatin1String("app/cli_main.cpp");
    if (isProgram || isBelow(path, QStringLiteral("app/profile")))
        return found;
    for (auto it = exec.globalMatch(code); it.hasNext();) {
        const auto match = it.next();
        const QString object = match.captured(1);
        if (!object.endsWith(QLatin1String("drag"), Qt::CaseInsensitive) && !always.match(match.captured()).hasMatch())
            add(match);
    }
    return found;
}

inline QList<Violation> checkFile(const QString& path, const QString& text, const CMakeLayers& cmake,
                                  const ModuleOf& moduleOf) {
    static const Rule free;
    const bool isTest = isBelow(path, QStringLiteral("tests"));
    const Rule* rule = isTest ? &free : ruleOf(path);
    if (rule == nullptr)
        return {{path, 1, QStringLiteral("stands in a folder that the house does not know")}};
    QList<Violation> found;
    for (const Include& include : includesOf(text)) {
        if (include.angled && isTest)
            continue;
        if (!include.angled && isTest && !include.file.contains(QLatin1Char('/')))
            continue; // a helper beside it
        const QString what = include.angled ? refusedHeader(*rule, folderOf(path), include.file, cmake, moduleOf)
                                            : refusedInclude(*rule, path, include.file, cmake);
        if (!what.isEmpty())
            found.append({path, include.line, what});
    }
    if (!isTest)
        found += bannedCalls(path, text);
    return found;
}

/// What CMake links must not be more than the house allows: so for crypto and models, where an include further down
/// comes with the link.
inline QList<Violation> checkTargets(const CMakeLayers& cmake) {
    QList<Violation> found;
    for (const QString& folder : cmake.folders()) {
        if (!isBelow(folder, QStringLiteral("crypto")) && !isBelow(folder, QStringLiteral("models")))
            continue;
        const auto rule = house().constFind(folder);
        if (rule == house().constEnd()) {
            found.append({folder, 1, QStringLiteral("has a target, but the house does not know it")});
            continue;
        }
        for (const QString& linked : cmake.linkedFolders(folder))
            if (linked != folder && !isBelowAny(linked, rule->includes))
                found.append({folder, 1, QStringLiteral("CMake links %1").arg(linked)});
        for (const QString& module : cmake.linkedQt(folder))
            if (!mayUseQt(rule->qt, module))
                found.append({folder, 1, QStringLiteral("CMake links Qt %1").arg(module)});
    }
    return found;
}

inline QList<Violation> check(const Sources& sources, const CMakeLayers& cmake, const ModuleOf& moduleOf) {
    QList<Violation> found = checkTargets(cmake);
    for (auto it = sources.begin(); it != sources.end(); ++it)
        found += checkFile(it.key(), it.value(), cmake, moduleOf);
    return found;
}

} // namespace layers
