#include "tests/package/package_given.h"
#include "tests/support/full_disk.h"

#include <QRandomGenerator>
#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

using namespace sealwright;
using namespace sealwright::tests;

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

} // namespace

/// Packages sealed and opened again, and what is left where that does not come to its end.
class TestSealing : public QObject, private GivenPackage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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
            QVERIFY(writeFile(at("tree/") + QString::fromStdString(name), bytes));
        }
        QVERIFY(QDir().mkpath(at("tree/nothing/in here")));
        QVERIFY(writeFile(at("single.json"), "{}"));

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
        QVERIFY(contentsOf(at("opened")) == expected);
        QVERIFY(open("opened").error().code == Code::FileExists);
        QVERIFY(contentsOf(at("opened")) == expected);
    }

    void anotherZipReaderReadsIt() {
        QVERIFY(writeFile(at("a.bin"), randomBytes(mebibyte + 77)));
        QVERIFY(writeFile(at("b.txt"), "b"));
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
        QVERIFY(writeFile(at("a"), "same"));
        const auto bytesOf = [&] {
            SealRequest request = requestFor({pathOf("a")});
            request.replaceTarget = true;
            return seal(request).ok() ? contentsOf(at("out"))["x.sealed"] : std::string();
        };
        const std::string first = bytesOf();
        const std::string second = bytesOf();
        QVERIFY(!first.empty());
        const std::size_t payload = first.find("payload/1") + 9;
        QVERIFY(first.substr(payload, 20) != second.substr(payload, 20));
    }

    void everyRecipientOpensIt() {
        QVERIFY(writeFile(at("a"), "for two"));
        SealRequest request = requestFor({pathOf("a")});
        request.recipients = {{m_key.publicKey(), "me"}, {m_other.publicKey(), ""}, {m_key.publicKey(), "again"}};
        const auto sealed = seal(request);
        QCOMPARE(sealed->recipients.size(), std::size_t{2});
        QVERIFY(open("first").ok());
        QVERIFY(open("second", &m_other).ok());
        QCOMPARE(contentsOf(at("second"))["a"], std::string("for two"));
    }

    void modificationTimesComeBack() {
        QVERIFY(writeFile(at("a"), "x"));
        QFile file(at("a"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000), QFileDevice::FileModificationTime));
        file.close();
        QVERIFY(seal(requestFor({pathOf("a")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(QFileInfo(at("opened/a")).lastModified().toSecsSinceEpoch(), qint64{1'000'000'000});
    }

    void packageOpensBesideOtherFiles() {
        QVERIFY(writeFile(at("a"), "new"));
        QVERIFY(seal(requestFor({pathOf("a")})).ok());
        QVERIFY(writeFile(at("opened/unrelated"), "stays"));
        QVERIFY(open().ok());
        const std::map<std::string, std::string> expected{{"a", "new"}, {"unrelated", "stays"}};
        QVERIFY(contentsOf(at("opened")) == expected);
    }

    void cancellingMidwayLeavesNothing_data() {
        QTest::addColumn<bool>("zstd");
        QTest::newRow("stored") << false;
        QTest::newRow("zstd") << true;
    }
    void cancellingMidwayLeavesNothing() {
        QFETCH(bool, zstd);
        QVERIFY(writeFile(at("a"), randomBytes(12 * mebibyte)));
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
        QVERIFY(writeFile(at("a"), randomBytes(6 * mebibyte)));
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
        QVERIFY(writeFile(at("a"), randomBytes(6 * mebibyte)));
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
        QVERIFY(writeFile(at("a"), randomBytes(5 * mebibyte)));
        QVERIFY(writeFile(at("b"), "b"));
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
            QVERIFY(writeFile(at(name.c_str()), expected[name]));
        }
        const auto sealed = seal(requestFor({pathOf("tree")}));
        QVERIFY2(sealed.ok(),
                 sealed ? ""
                        : (std::string(stableId(sealed.error().code)) + " " + sealed.error().facts.front()).c_str());
        QVERIFY(open().ok());
        QVERIFY(contentsOf(at("opened")) == expected);
    }

    void nothingToSealIsAPackageToo() {
        QVERIFY(QDir().mkpath(at("void")));
        QVERIFY(seal(requestFor({pathOf("void")})).ok());
        QVERIFY(open().ok());
        QCOMPARE(contentsOf(at("opened")).begin()->first, std::string("void/"));
    }
};

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"
