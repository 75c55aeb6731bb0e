#include "models/package/package.h"
#include "tests/package/folder_contents.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sealwright;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

std::string randomBytes(std::size_t size) {
    std::string bytes(size, '\0');
    QRandomGenerator generator(static_cast<quint32>(size));
    for (char& c : bytes) {
        c = static_cast<char>(generator.generate());
    }
    return bytes;
}

/// Files no bigger than this may be written while it lives, as if the disk were full.
class FullDisk {
public:
    explicit FullDisk(rlim_t most) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{most, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before = {};
};

} // namespace

class TestSealing : public QObject {
    Q_OBJECT

    const crypto::DecryptionKey m_key = crypto::DecryptionKey::generate().value();
    const crypto::DecryptionKey m_other = crypto::DecryptionKey::generate().value();
    const crypto::SigningKey m_signer = crypto::SigningKey::generate().value();
    std::unique_ptr<QTemporaryDir> m_folder;

    QString at(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    std::string pathOf(const char* name) const { return at(name).toStdString(); }

    SealRequest requestFor(std::vector<std::string> sources) const {
        SealRequest request;
        request.sources = std::move(sources);
        request.target = pathOf("out/x.sealed");
        request.recipients = {{m_key.publicKey(), "me"}};
        return request;
    }

    Outcome<SealedPackage> seal(const SealRequest& request) const {
        return sealPackage(request, m_signer, {}, Cancel());
    }

    Outcome<PackageFacts> open(const char* target = "opened", const crypto::DecryptionKey* key = nullptr,
                               unsigned threads = 0) const {
        const OpenRequest request{{pathOf("out/x.sealed"), {m_signer.publicKey()}, threads}, pathOf(target), false};
        return openPackage(request, key ? *key : m_key, {}, Cancel());
    }

    bool nothingIn(const char* folder) const { return tests::contentsOf(at(folder)).empty(); }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(at("out")));
    }

    void wholeFoldersComeBack_data() {
        QTest::addColumn<bool>("zstd");
        QTest::addColumn<int>("threads");
        for (const int threads : {1, 2, 7}) {
            QTest::addRow("stored, %d threads", threads) << false << threads;
            QTest::addRow("zstd, %d threads", threads) << true << threads;
        }
    }

    void wholeFoldersComeBack() {
        QFETCH(bool, zstd);
        QFETCH(int, threads);
        const std::map<std::string, std::string> files{{"a.csv", "id,name\n1,Ada\n"},
                                                       {"empty", ""},
                                                       {"deep/er/still/file.txt", "x"},
                                                       {"unicode/Grüße – 日本 🙂.txt", "hello"},
                                                       {"sizes/segment less one", randomBytes(mebibyte - 1)},
                                                       {"sizes/segment", randomBytes(mebibyte)},
                                                       {"sizes/segment and one", randomBytes(mebibyte + 1)},
                                                       {"sizes/three", randomBytes(3 * mebibyte + 12345)},
                                                       {"sizes/zeros", std::string(5 * mebibyte, '\0')},
                                                       {".hidden", "h"}};
        for (const auto& [name, bytes] : files) {
            QVERIFY(tests::writeFile(at("tree/") + QString::fromStdString(name), bytes));
        }
        QVERIFY(QDir().mkpath(at("tree/nothing/in here")));
        QVERIFY(tests::writeFile(at("single.json"), "{}"));

        SealRequest request = requestFor({pathOf("tree/"), pathOf("single.json")});
        request.zstd = zstd;
        request.threads = static_cast<unsigned>(threads);
        const auto sealed = seal(request);
        QVERIFY2(sealed.ok(), sealed ? "" : stableId(sealed.error().code).data());
        QCOMPARE(sealed->entries.size(), files.size() + 2);
        QCOMPARE(sealed->packageBytes, static_cast<std::uint64_t>(QFileInfo(at("out/x.sealed")).size()));
        QVERIFY(isUuid(sealed->datasetId));
        QCOMPARE(QDir(at("out")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);

        const auto opened = open("opened", nullptr, static_cast<unsigned>(threads));
        QVERIFY2(opened.ok(), opened ? "" : stableId(opened.error().code).data());
        QCOMPARE(opened->signer.kid, m_signer.kid());
        QCOMPARE(opened->manifest.package->zstd, zstd);
        std::map<std::string, std::string> expected{{"single.json", "{}"}, {"tree/nothing/in here/", ""}};
        for (const auto& [name, bytes] : files) {
            expected["tree/" + name] = bytes;
        }
        QVERIFY(tests::contentsOf(at("opened")) == expected);
        QVERIFY(open("opened").error().code == Code::FileExists);
        QVERIFY(tests::contentsOf(at("opened")) == expected);
    }

    void anotherZipReaderReadsIt() {
        QVERIFY(tests::writeFile(at("a.bin"), randomBytes(mebibyte + 77)));
        QVERIFY(tests::writeFile(at("b.txt"), "b"));
        QVERIFY(seal(requestFor({pathOf("a.bin"), pathOf("b.txt")})).ok());
        QuaZip zip(at("out/x.sealed"));
        QVERIFY(zip.open(QuaZip::mdUnzip));
        const QStringList expected{QStringLiteral("mimetype"),      QStringLiteral("payload/1"),
                                   QStringLiteral("payload/2"),     QStringLiteral("index"),
                                   QStringLiteral("manifest.json"), QStringLiteral("manifest.jws")};
        QCOMPARE(zip.getFileNameList(), expected);
        for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
            QuaZipFile entry(&zip);
            QVERIFY(entry.open(QIODevice::ReadOnly));
            const QByteArray bytes = entry.readAll();
            QVERIFY(!bytes.isEmpty());
            entry.close();
            QCOMPARE(entry.getZipError(), 0); // its own CRC held
        }
    }

    void everyPackageHasItsOwnKeyAndRun() {
        QVERIFY(tests::writeFile(at("a"), "same"));
        const auto bytesOf = [&] {
            SealRequest request = requestFor({pathOf("a")});
            request.replaceTarget = true;
            return seal(request).ok() ? tests::contentsOf(at("out"))["x.sealed"] : std::string();
        };
        const std::string first = bytesOf();
        const std::string second = bytesOf();
        QVERIFY(!first.empty());
        const std::size_t payload = first.find("payload/1") + 9;
        QVERIFY(first.substr(payload, 20) != second.substr(payload, 20));
    }

    void everyRecipientOpensIt() {
        QVERIFY(tests::writeFile(at("a"), "for two"));
        SealRequest request = requestFor({pathOf("a")});
        request.recipients = {{m_key.publicKey(), "me"}, {m_other.publicKey(), ""}, {m_key.publicKey(), "again"}};
        const auto sealed = seal(request);
        QCOMPARE(sealed->recipients.size(), std::size_t{2});
        QVERIFY(open("first").ok());
        QVERIFY(open("second", &m_other).ok());
        QCOMPARE(tests::contentsOf(at("second"))["a"], std::string("for two"));
    }

    void modificationTimesComeBack() {
        QVERIFY(tests::writeFile(at("a"), "x"));
        QFile file(at("a"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000), QFileDevice::FileModificationTime));
        file.close();
        QVERIFY(seal(requestFor({pathOf("a")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(QFileInfo(at("opened/a")).lastModified().toSecsSinceEpoch(), qint64{1'000'000'000});
    }

    void existingTargetIsRefused() {
        QVERIFY(tests::writeFile(at("a"), "x"));
        QVERIFY(tests::writeFile(at("out/x.sealed"), "there"));
        QCOMPARE(seal(requestFor({pathOf("a")})).error().code, Code::FileExists);
        QCOMPARE(tests::contentsOf(at("out"))["x.sealed"], std::string("there"));
        SealRequest request = requestFor({pathOf("a")});
        request.replaceTarget = true;
        QVERIFY(seal(request).ok());
        QVERIFY(open().ok());
    }

    void existingFilesAreNeverReplaced() {
        QVERIFY(tests::writeFile(at("a"), "new"));
        QVERIFY(tests::writeFile(at("b"), "new"));
        QVERIFY(seal(requestFor({pathOf("a"), pathOf("b")})).ok());
        QVERIFY(tests::writeFile(at("opened/b"), "old"));
        QVERIFY(tests::writeFile(at("opened/unrelated"), "stays"));
        const auto before = tests::contentsOf(at("opened"));
        QCOMPARE(open().error().code, Code::FileExists);
        QVERIFY(tests::contentsOf(at("opened")) == before);
    }

    void packageOpensBesideOtherFiles() {
        QVERIFY(tests::writeFile(at("a"), "new"));
        QVERIFY(seal(requestFor({pathOf("a")})).ok());
        QVERIFY(tests::writeFile(at("opened/unrelated"), "stays"));
        QVERIFY(open().ok());
        const std::map<std::string, std::string> expected{{"a", "new"}, {"unrelated", "stays"}};
        QVERIFY(tests::contentsOf(at("opened")) == expected);
    }

    void symbolicLinksAreRefusedWithTheirPath() {
        QVERIFY(tests::writeFile(at("tree/a"), "x"));
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
        QVERIFY(tests::writeFile(at(first.toUtf8().constData()), "1"));
        QVERIFY(tests::writeFile(at(second.toUtf8().constData()), "2"));
        // Each stands under its last name, so the two meet at the top of the package.
        const auto top = [this](const QString& path) {
            return pathOf(path.section(QLatin1Char('/'), 0, 1).toUtf8().constData());
        };
        const auto sealed = seal(requestFor({top(first), top(second)}));
        QCOMPARE(sealed.error().code, Code::PackagePathNotPortable);
        QCOMPARE(sealed.error().facts.size(), std::size_t{2});
    }

    void decomposedNamesAreStoredComposed() {
        QVERIFY(tests::writeFile(at("e\u0301.txt"), "x"));
        QVERIFY(seal(requestFor({pathOf("e\u0301.txt")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(tests::contentsOf(at("opened")).begin()->first, std::string("\u00e9.txt"));
    }

    void dotMeansTheFolderItStandsFor() {
        QVERIFY(tests::writeFile(at("tree/sub/a"), "x"));
        QVERIFY(seal(requestFor({pathOf("tree/sub/..")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(tests::contentsOf(at("opened")).begin()->first, std::string("tree/sub/a"));
    }

    void nobodyToOpenItIsRefused() {
        QVERIFY(tests::writeFile(at("a"), "x"));
        SealRequest request = requestFor({pathOf("a")});
        request.recipients.clear();
        QCOMPARE(seal(request).error().code, Code::UsageNoRecipient);
    }

    void moreRecipientsThanReadersTakeAreRefused() {
        QVERIFY(tests::writeFile(at("a"), "x"));
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

    void cancellingMidwayLeavesNothing_data() {
        QTest::addColumn<bool>("zstd");
        QTest::newRow("stored") << false;
        QTest::newRow("zstd") << true;
    }

    void cancellingMidwayLeavesNothing() {
        QFETCH(bool, zstd);
        QVERIFY(tests::writeFile(at("a"), randomBytes(12 * mebibyte)));
        SealRequest request = requestFor({pathOf("a")});
        request.zstd = zstd;
        Cancel cancel;
        const PackageProgress stopHalfway = [&](std::uint64_t done, std::uint64_t total) {
            if (done >= total / 2) {
                cancel.cancel();
            }
        };
        QCOMPARE(sealPackage(request, m_signer, stopHalfway, cancel).error().code, Code::Cancelled);
        QVERIFY(nothingIn("out"));

        QVERIFY(seal(request).ok());
        cancel = Cancel();
        const OpenRequest opening{{pathOf("out/x.sealed"), {m_signer.publicKey()}, 0}, pathOf("opened"), false};
        QCOMPARE(openPackage(opening, m_key, stopHalfway, cancel).error().code, Code::Cancelled);
        QVERIFY(!QDir(at("opened")).exists());
    }

    void changedSourceIsNoticed() {
        QVERIFY(tests::writeFile(at("a"), randomBytes(6 * mebibyte)));
        SealRequest request = requestFor({pathOf("a")});
        request.threads = 1;
        bool touched = false;
        const PackageProgress touch = [&](std::uint64_t, std::uint64_t) {
            if (!touched) {
                touched = true;
                QFile file(at("a"));
                QVERIFY(file.open(QIODevice::Append));
                file.write("more");
            }
        };
        for (const bool zstd : {false, true}) {
            request.zstd = zstd;
            touched = false;
            const auto sealed = sealPackage(request, m_signer, touch, Cancel());
            QCOMPARE(sealed.error().code, Code::DataChangedWhileRead);
            QCOMPARE(sealed.error().where.file, pathOf("a"));
            QVERIFY(nothingIn("out"));
        }
    }

    void fullDiskLeavesNothing() {
        QVERIFY(tests::writeFile(at("a"), randomBytes(6 * mebibyte)));
        for (const bool zstd : {false, true}) {
            SealRequest request = requestFor({pathOf("a")});
            request.zstd = zstd;
            {
                const FullDisk full(3 * mebibyte);
                QCOMPARE(seal(request).error().code, Code::FileNoSpace);
            }
            QVERIFY(nothingIn("out"));
            request.replaceTarget = true;
            QVERIFY(seal(request).ok());
            {
                const FullDisk full(3 * mebibyte);
                QCOMPARE(open().error().code, Code::FileNoSpace);
            }
            QVERIFY(!QDir(at("opened")).exists());
            QVERIFY(QFile::remove(at("out/x.sealed")));
        }
    }

    void progressRisesToItsTotal() {
        QVERIFY(tests::writeFile(at("a"), randomBytes(5 * mebibyte)));
        QVERIFY(tests::writeFile(at("b"), "b"));
        std::uint64_t last = 0, total = 0;
        const PackageProgress rises = [&](std::uint64_t done, std::uint64_t all) {
            QVERIFY(done > last && done <= all);
            last = done;
            total = all;
        };
        QVERIFY(sealPackage(requestFor({pathOf("a"), pathOf("b")}), m_signer, rises, Cancel()).ok());
        QCOMPARE(last, std::uint64_t{5 * mebibyte + 1});
        QCOMPARE(total, last);
        last = 0;
        QVERIFY(verifyPackage({pathOf("out/x.sealed"), {}, 0}, &m_key, rises, Cancel()).ok());
        QCOMPARE(last, total);
    }

    void manySmallFilesComeBack() {
        std::map<std::string, std::string> expected;
        for (int i = 0; i < 700; ++i) {
            const std::string name = "tree/" + std::to_string(i % 7) + "/" + std::to_string(i);
            expected[name] = std::string(static_cast<std::size_t>(i), 'x');
            QVERIFY(tests::writeFile(at(name.c_str()), expected[name]));
        }
        const auto sealed = seal(requestFor({pathOf("tree")}));
        QVERIFY2(sealed.ok(),
                 sealed ? ""
                        : (std::string(stableId(sealed.error().code)) + " " + sealed.error().facts.front()).c_str());
        QVERIFY(open().ok());
        QVERIFY(tests::contentsOf(at("opened")) == expected);
    }

    void nothingToSealIsAPackageToo() {
        QVERIFY(QDir().mkpath(at("void")));
        QVERIFY(seal(requestFor({pathOf("void")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(tests::contentsOf(at("opened")).begin()->first, std::string("void/"));
    }
};

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"
