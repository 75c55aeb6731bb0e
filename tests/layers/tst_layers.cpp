#include "house.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QTest>

using namespace layers;

namespace {

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Qt's headers lie in a folder a module: the installed ones say which is whose.
QString qtModule(const QString& header) {
    if (header.contains(QLatin1Char('/')))
        return header.section(QLatin1Char('/'), 0, 0).mid(2);
    static const QDir root(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    static const QStringList modules = root.entryList({QStringLiteral("Qt*")}, QDir::Dirs);
    for (const QString& module : modules)
        if (QFile::exists(root.filePath(module + QLatin1Char('/') + header)))
            return module.mid(2);
    return {};
}

QString listed(const QList<Violation>& violations) {
    QStringList lines;
    for (const Violation& violation : violations)
        lines += violation.text();
    return lines.join(QLatin1Char('\n'));
}

/// A small house for the self-check; targets as the real files write them.
const CMakeLayers& smallCMake() {
    static const CMakeLayers cmake(QStringLiteral(
        "function(sealwright_layer name folder)\nendfunction()\n"
        "sealwright_layer(crypto_base crypto/base)\n"
        "sealwright_layer(crypto_primitives crypto/primitives LINK crypto_base)\n"
        "sealwright_layer(crypto_keys crypto/keys LINK crypto_base) # not primitives\n"
        "sealwright_layer(models_domain models/domain LINK crypto_keys)\n"
        "sealwright_layer(models_items models/items QT LINK models_domain\n  Qt6::Core)\n"
        "sealwright_layer(ui_common ui/common QT LINK models_items Qt6::Widgets)\n"
        "foreach(page jobs files)\n  sealwright_layer(ui_${page} ui/${page} QT LINK ui_common)\nendforeach()\n"));
    return cmake;
}

} // namespace

/// Holds every source to the house (CONTRIBUTING.md, "Where a line lives").
class LayersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySourceKeepsToTheHouse();
    void violationsAreSeen_data();
    void violationsAreSeen();
    void whatIsAllowedPasses_data();
    void whatIsAllowedPasses();
    void targetsAreRead();
    void targetsThatLinkTooMuchAreSeen();
};

void LayersTest::everySourceKeepsToTheHouse() {
    const QDir root(QStringLiteral(SEALWRIGHT_SOURCE_DIR));
    QString cmake;
    Sources sources;
    for (const char* top : {"crypto", "models", "app", "ui", "tests"}) {
        cmake += read(root.filePath(QLatin1String(top) + QStringLiteral("/CMakeLists.txt")));
        QDirIterator files(root.filePath(QLatin1String(top)),
                           {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("*.inc")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            sources[root.relativeFilePath(path)] = read(path);
        }
    }
    const CMakeLayers targets(cmake);
    QVERIFY(targets.hasFolder(QStringLiteral("crypto/base")) && targets.hasFolder(QStringLiteral("ui/shell")));
    QVERIFY2(sources.size() > 150, "the sources were not found");
    const auto violations = check(sources, targets, qtModule);
    qInfo("%lld files, %lld violations", static_cast<long long>(sources.size()),
          static_cast<long long>(violations.size()));
    for (const Violation& violation : violations)
        qWarning("%s", qPrintable(violation.text())); // a message of QVERIFY2 is cut
    QVERIFY(violations.isEmpty());
}

void LayersTest::violationsAreSeen_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* path, const char* text) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(text);
    };
    row("crypto upwards", "crypto/base/a.cpp", "#include \"crypto/keys/derive.h\"\n");
    row("crypto sideways", "crypto/jose/a.cpp", "#include \"crypto/field/token.h\"\n");
    row("crypto to models", "crypto/keys/a.cpp", "#include \"models/domain/path.h\"\n");
    row("OpenSSL beside primitives", "crypto/keys/a.cpp", "#include <openssl/evp.h>\n");
    row("OpenSSL in app", "app/s3/a.cpp", "#  include <openssl/hmac.h>\n");
    row("Qt in crypto", "crypto/base/a.h", "#include <QString>\n");
    row("a JSON library in crypto", "crypto/base/a.cpp", "#include <nlohmann/json.hpp>\n");
    row("Qt in domain", "models/domain/a.h", "#include <QDateTime>\n");
    row("Qt in pipeline, by module", "models/pipeline/a.h", "#include <QtCore/QObject>\n");
    row("Gui in items", "models/items/a.cpp", "#include <QColor>\n");
    row("network in tasks", "models/tasks/a.cpp", "#include <QNetworkReply>\n");
    row("dataset knows pipeline", "models/dataset/a.cpp", "#include \"models/pipeline/run.h\"\n");
    row("items know tasks", "models/items/a.cpp", "#include \"models/tasks/task.h\"\n");
    row("views know tasks", "models/views/a.cpp", "#include \"models/tasks/task.h\"\n");
    row("models know app", "models/tasks/a.cpp", "#include \"app/s3/s3_store.h\"\n");
    row("models know ui", "models/views/a.cpp", "#include \"ui/common/theme.h\"\n");
    row("POSIX in domain", "models/domain/a.cpp", "#include <unistd.h>\n");
    row("ZIP outside package", "models/tasks/a.cpp", "#include <quazip/quazip.h>\n");
    row("ui knows crypto", "ui/jobs/a.cpp", "#include \"crypto/base/secret.h\"\n");
    row("ui knows app", "ui/common/a.cpp", "#include \"app/net/http.h\"\n");
    row("a page knows a page", "ui/jobs/a.cpp", "#include \"ui/files/b.h\"\n");
    row("services know ui", "app/services/a.cpp", "#include \"ui/common/theme.h\"\n");
    row("widgets in the CLI", "app/cli/a.cpp", "#include <QWidget>\n");
    row("images in the CLI", "app/cli_main.cpp", "#include <QGuiApplication>\n");
    row("somebody includes the CLI", "app/services/a.cpp", "#include \"app/cli/wording.h\"\n");
    row("a test includes the CLI", "tests/app/a.cpp", "#include \"app/cli/wording.h\"\n");
    row("the report of faults includes more", "tests/support/faults/a.cpp", "#include \"app/cli/wording.h\"\n");
    row("somebody includes a main", "app/services/a.cpp", "#include \"app/main.cpp\"\n");
    row("somebody includes tests", "models/tasks/a.cpp", "#include \"tests/support/rows.h\"\n");
    row("Qt Test in the product", "ui/common/a.cpp", "#include <QSignalSpy>\n");
    row("a header beside it", "models/tasks/a.cpp", "#include \"task.h\"\n");
    row("a library nobody chose", "models/tasks/a.cpp", "#include <boost/asio.hpp>\n");
    row("a folder nobody knows", "models/misc/a.cpp", "int a;\n");
    row("a file on top", "models/a.cpp", "int a;\n");
    row("not linked by CMake", "models/domain/b.cpp", "#include \"crypto/primitives/aead.h\"\n");
    row("Qt not linked by CMake", "ui/jobs/b.cpp", "#include <QSvgRenderer>\n");
    row("an event loop", "app/net/a.cpp", "void f() { QEventLoop loop; }\n");
    row("process events", "ui/jobs/a.cpp", "void f() { QCoreApplication::processEvents(); }\n");
    row("wait for", "models/tasks/a.cpp", "void f() { process.waitForFinished(); }\n");
    row("wait for, by pointer", "app/desktop/a.cpp", "void f() { socket->waitForConnected(10); }\n");
    row("a dialog that blocks", "ui/keys/a.cpp", "void f() { dialog.exec(); }\n");
    row("a dialog's own exec", "ui/keys/a.cpp", "void f() { if (exec() == 1) g(); }\n");
    row("a menu that blocks", "ui/keys/a.cpp", "void f() { menu->exec(here); }\n");
    row("a static menu", "app/window/a.cpp", "void f() { QMenu::exec(actions, here); }\n");
    row("a static message", "ui/keys/a.cpp", "void f() { QMessageBox::warning(this, title, text); }\n");
    row("a static file dialog", "ui/files/a.cpp", "void f() { name = QFileDialog::getOpenFileName(this); }\n");
    row("a static input", "ui/keys/a.cpp", "void f() { name = QInputDialog::getText(this, t, l); }\n");
    row("after a comment", "ui/keys/a.cpp", "/* // */ void f() { dialog.exec(); } // \"\n");
    row("after a literal", "ui/keys/a.cpp", "auto a = \"/*\"; void f(char c = '\"') { dialog.exec(); }\n");
    row("after a raw literal", "ui/keys/a.cpp", "auto a = R\"x(\" )\" // )x\"; void f() { dialog.exec(); }\n");
    row("after a number", "ui/keys/a.cpp", "int a = 1'000; void f() { dialog.exec(); } int b = 1'000;\n");
}

void LayersTest::violationsAreSeen() {
    QFETCH(QString, path);
    QFETCH(QString, text);
    const auto violations = check({{path, text}}, smallCMake(), qtModule);
    QVERIFY2(violations.size() == 1, qPrintable(listed(violations)));
    QCOMPARE(violations[0].file, path);
    QCOMPARE(violations[0].line, 1);
}

void LayersTest::whatIsAllowedPasses_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* path, const char* text) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(text);
    };
    row("its own folder", "crypto/base/a.cpp", "#include \"crypto/base/a.h\"\n#include <vector>\n");
    row("OpenSSL in primitives", "crypto/primitives/a.cpp", "#include <openssl/evp.h>\n");
    row("SQL's exec", "app/profile/a.cpp", "#include <QFile>\nvoid f() { query.exec(); }\n");
    row("the program's exec", "app/main.cpp", "#include <QWidget>\nint f() { return app.exec(); }\n");
    row("the window's shell", "app/window/a.cpp", "#include \"ui/shell/shell.h\"\n");
    row("a drag", "ui/files/a.cpp", "void f() { drag->exec(Qt::CopyAction); }\n");
    row("commented out", "crypto/base/a.cpp", "// #include <QString>\n/* dialog.exec() */\n");
    row("said in a literal", "ui/files/a.cpp", "auto a = \"dialog.exec()\";\n");
    row("a moc", "ui/files/a.cpp", "#include \"a.moc\"\n");
    row("the CLI's main", "app/cli_main.cpp", "#include \"app/cli/commands.h\"\n");
    row("the report of faults", "tests/support/faults/a.cpp", "#include \"app/cli/sentences.h\"\n");
    row("tests", "tests/ui/a.cpp", "#include \"ui/files/b.h\"\nvoid f() { dialog.exec(); }\n");
}

void LayersTest::whatIsAllowedPasses() {
    QFETCH(QString, path);
    QFETCH(QString, text);
    QCOMPARE(listed(check({{path, text}}, smallCMake(), qtModule)), QString());
}

void LayersTest::targetsAreRead() {
    const auto& cmake = smallCMake();
    QCOMPARE(cmake.linkedFolders(QStringLiteral("crypto/keys")),
             (QSet<QString>{QStringLiteral("crypto/keys"), QStringLiteral("crypto/base")}));
    QVERIFY(cmake.linkedFolders(QStringLiteral("ui/files")).contains(QStringLiteral("crypto/base")));
    QCOMPARE(cmake.linkedQt(QStringLiteral("ui/jobs")),
             (QSet<QString>{QStringLiteral("Core"), QStringLiteral("Gui"), QStringLiteral("Widgets")}));
    QVERIFY(!cmake.hasFolder(QStringLiteral("ui/${page}")) && !cmake.hasFolder(QStringLiteral("folder")));
}

void LayersTest::targetsThatLinkTooMuchAreSeen() {
    for (const char* text : {"sealwright_layer(models_domain models/domain LINK models_tasks)\n"
                             "sealwright_layer(models_tasks models/tasks)\n",
                             "sealwright_layer(models_domain models/domain LINK Qt6::Core)\n",
                             "sealwright_layer(models_items models/items)\n"
                             "target_link_libraries(models_items PRIVATE Qt6::Gui)\n",
                             "sealwright_layer(models_misc models/misc)\n"})
        QCOMPARE(check({}, CMakeLayers(QString::fromLatin1(text)), qtModule).size(), 1);
}

QTEST_GUILESS_MAIN(LayersTest)
#include "tst_layers.moc"
