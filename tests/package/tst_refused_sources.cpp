#include "tests/package/package_given.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::tests;

/// Sources, names and targets that are refused, and the names under which the rest is sealed.
class TestRefusedSources : public QObject, private GivenPackage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    void existingTargetIsRefused() {
        QVERIFY(writeFile(at("a"), "x"));
        QVERIFY(writeFile(at("out/x.sealed"), "there"));
        QCOMPARE(seal(requestFor({pathOf("a")})).error().code, Code::FileExists);
        QCOMPARE(contentsOf(at("out"))["x.sealed"], std::string("there"));
        SealRequest request = requestFor({pathOf("a")});
        request.replaceTarget = true;
        QVERIFY(seal(request).ok());
        QVERIFY(open().ok());
    }

    void existingFilesAreNeverReplaced() {
        QVERIFY(writeFile(at("a"), "new"));
        QVERIFY(writeFile(at("b"), "new"));
        QVERIFY(seal(requestFor({pathOf("a"), pathOf("b")})).ok());
        QVERIFY(writeFile(at("opened/b"), "old"));
        QVERIFY(writeFile(at("opened/unrelated"), "stays"));
        const auto before = contentsOf(at("opened"));
        QCOMPARE(open().error().code, Code::FileExists);
        QVERIFY(contentsOf(at("opened")) == before);
    }

    void symbolicLinksAreRefusedWithTheirPath() {
        QVERIFY(writeFile(at("tree/a"), "x"));
        QVERIFY(QFile::link(at("tree/a"), at("tree/link")));
        const auto sealed = seal(requestFor({pathOf("tree")}));
        QCOMPARE(sealed.error().code, Code::PackageSymlink);
        QCOMPARE(sealed.error().facts.front(), pathOf("tree/link"));
        QVERIFY(nothingIn("out"));
        QCOMPARE(seal(requestFor({pathOf("tree/link")})).error().code, Code::PackageSymlink);
        QVERIFY(QFile::link(at("gone"), at("tree/link2")));
        QCOMPARE(seal(requestFor({pathOf("tree/link2")})).error().code, Code::PackageSymlink);
    }

    void pipesAreRefused() {
        QVERIFY(QDir().mkpath(at("tree")));
        QCOMPARE(::mkfifo(pathOf("tree/pipe").c_str(), 0600), 0);
        QCOMPARE(seal(requestFor({pathOf("tree")})).error().code, Code::DataNotReadable);
    }

    void namesThatSomeSystemCannotHoldAreRefused_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"a:b", "a*", "q?", "tab\tin", "dot.", "space ", "con", "NUL.txt", "Com1.log",
                                 "lpt\xc2\xb9", "back\\slash", "not utf8 \xff", "pi|pe"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void namesThatSomeSystemCannotHoldAreRefused() {
        QFETCH(QByteArray, name);
        QVERIFY(QDir().mkpath(at("tree")));
        const std::string path = pathOf("tree/") + name.toStdString();
        std::FILE* file = std::fopen(path.c_str(), "w");
        QVERIFY(file);
        std::fclose(file);
        const auto sealed = seal(requestFor({pathOf("tree")}));
        QCOMPARE(sealed.error().code, Code::PackagePathNotPortable);
        QCOMPARE(sealed.error().facts.front(), path);
        QVERIFY(nothingIn("out"));
        QCOMPARE(::unlink(path.c_str()), 0); // Qt cannot name all of them
    }

    void namesThatSomeSystemCannotTellApartAreRefused_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        const auto row = [](const char* first, const char* second) {
            QTest::newRow(second) << QString::fromUtf8(first) << QString::fromUtf8(second);
        };
        row("one/Name", "two/name");
        row("one/straße", "two/STRASSE");
        row("one/é", "two/e\u0301");
        row("one/dir", "two/Dir/x");
        row("one/σ", "two/ς");
    }
    void namesThatSomeSystemCannotTellApartAreRefused() {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QVERIFY(writeFile(at(first.toUtf8().constData()), "1"));
        QVERIFY(writeFile(at(second.toUtf8().constData()), "2"));
        // Each stands under its last name, so the two meet at the top of the package.
        const auto top = [this](const QString& path) {
            return pathOf(path.section(QLatin1Char('/'), 0, 1).toUtf8().constData());
        };
        const auto sealed = seal(requestFor({top(first), top(second)}));
        QCOMPARE(sealed.error().code, Code::PackagePathNotPortable);
        QCOMPARE(sealed.error().facts.size(), std::size_t{2});
    }

    void decomposedNamesAreStoredComposed() {
        QVERIFY(writeFile(at("e\u0301.txt"), "x"));
        QVERIFY(seal(requestFor({pathOf("e\u0301.txt")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(contentsOf(at("opened")).begin()->first, std::string("\u00e9.txt"));
    }

    void dotMeansTheFolderItStandsFor() {
        QVERIFY(writeFile(at("tree/sub/a"), "x"));
        QVERIFY(seal(requestFor({pathOf("tree/sub/..")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(contentsOf(at("opened")).begin()->first, std::string("tree/sub/a"));
    }

    void nobodyToOpenItIsRefused() {
        QVERIFY(writeFile(at("a"), "x"));
        SealRequest request = requestFor({pathOf("a")});
        request.recipients.clear();
        QCOMPARE(seal(request).error().code, Code::UsageNoRecipient);
    }

    void moreRecipientsThanReadersTakeAreRefused() {
        QVERIFY(writeFile(at("a"), "x"));
        SealRequest request = requestFor({pathOf("a")});
        const PackageRecipient one = request.recipients.front();
        request.recipients.clear();
        for (int i = 0; i <= 1000; ++i) {
            request.recipients.push_back(one);
            request.recipients.back().key.kid += std::to_string(i);
        }
        QCOMPARE(seal(request).error().code, Code::UsageTooManyRecipients);
        request.recipients.pop_back();
        QVERIFY(seal(request).ok());
    }

    void missingSourceIsRefused() {
        QCOMPARE(seal(requestFor({pathOf("no such")})).error().code, Code::FileNotFound);
        SealRequest request = requestFor({pathOf("out")});
        request.target = pathOf("no such folder/x.sealed");
        QCOMPARE(seal(request).error().code, Code::FileNotFound);
    }
};

QTEST_GUILESS_MAIN(TestRefusedSources)
#include "tst_refused_sources.moc"
