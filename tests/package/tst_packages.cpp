#include "models/package/package.h"
#include "tests/package/folder_contents.h"
#include "tests/support/vector_rows.h"

#include <QTemporaryDir>

using namespace sealwright;
using vectors::json;

namespace {

void write(const QString& path, const Bytes& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

PackageCheck checkOf(const json& vector, const QString& path) {
    return {path.toStdString(), vectors::verificationKeys(vector.at("known")), 1};
}

} // namespace

class TestPackages : public QObject {
    Q_OBJECT

    const crypto::DecryptionKey m_key = vectors::decryptionKey();

private Q_SLOTS:
    void vectors_data() { vectors::rows("packages", 59); }

    void vectors() {
        const auto& vector = vectors::current("packages");
        QVERIFY(vectors::onlyMembers(vector, {"name", "known", "package", "signer", "files", "error"}));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.sealed"));
        const QString out = folder.filePath(QStringLiteral("out"));
        write(path, tests::b64(vector.at("package").get<std::string>()));
        const OpenRequest request{checkOf(vector, path), out.toStdString(), false};
        const auto opened = openPackage(request, m_key, {}, Cancel());
        QVERIFY2(opened.ok() == !vector.contains("error"), opened ? "opened" : stableId(opened.error().code).data());
        if (!opened) {
            QVERIFY(!QDir(out).exists()); // nothing is left behind
            return;
        }
        QVERIFY(opened->signer.known);
        QCOMPARE(opened->signer.kid, vector.at("signer").get<std::string>());
        std::map<std::string, std::string> expected;
        for (const json& file : vector.at("files")) {
            expected[file.at("path").get<std::string>()] = tests::textOrBytes(file, "content");
        }
        QVERIFY(tests::contentsOf(out) == expected);
        const auto verified = verifyPackage(request.check, &m_key, {}, Cancel());
        QVERIFY(verified.ok());
        QCOMPARE(verified->entries->size(), expected.size());
    }

    void reasonsAreTold_data() {
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, Code code) { QTest::newRow(name) << static_cast<int>(code); };
        row("leading bytes", Code::PackageLayout);
        row("time of another day", Code::PackageLayout);
        row("extra field", Code::PackageLayout);
        row("trailing byte", Code::PackageLayout);
        row("digest changed", Code::AuthManifestMismatch);
        row("size changed", Code::AuthManifestMismatch);
        row("commitment changed", Code::AuthWrongKey);
        row("manifest altered after signing", Code::AuthBadSignature);
        row("signed by nobody known", Code::AuthUnknownSigner);
        row("size in the index too small", Code::PackageTooLarge);
        row("size in the index too large", Code::AuthTruncated);
        row("last segment missing", Code::AuthTruncated);
        row("two paths equal but for case", Code::PackageUnsafePath);
        row("path \"../evil\"", Code::PackageUnsafePath);
    }

    void reasonsAreTold() {
        QFETCH(int, code);
        for (const json& vector : vectors::all().at("packages")) {
            if (vector.at("name") == QTest::currentDataTag()) {
                const QTemporaryDir folder;
                const QString path = folder.filePath(QStringLiteral("x.sealed"));
                write(path, tests::b64(vector.at("package").get<std::string>()));
                const OpenRequest request{checkOf(vector, path), folder.filePath(QStringLiteral("out")).toStdString(),
                                          false};
                const auto opened = openPackage(request, m_key, {}, Cancel());
                QVERIFY(!opened);
                QCOMPARE(static_cast<int>(opened.error().code), code);
                return;
            }
        }
        QFAIL("no such vector");
    }

    void unknownSignerIsLeftToTheCaller() {
        for (const json& vector : vectors::all().at("packages")) {
            if (vector.at("name") != "signed by nobody known") {
                continue;
            }
            const QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("x.sealed"));
            write(path, tests::b64(vector.at("package").get<std::string>()));
            const auto facts = inspectPackage(checkOf(vector, path), {}, Cancel());
            QVERIFY(facts.ok());
            QVERIFY(!facts->signer.known);
            const OpenRequest request{checkOf(vector, path), folder.filePath(QStringLiteral("out")).toStdString(),
                                      true};
            const auto opened = openPackage(request, m_key, {}, Cancel());
            QVERIFY(opened.ok());
            QVERIFY(!opened->signer.known);
        }
    }

    void inspectingNeedsNoKey() {
        const json& vector = vectors::all().at("packages").at(0);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.sealed"));
        const Bytes bytes = tests::b64(vector.at("package").get<std::string>());
        write(path, bytes);
        const auto facts = inspectPackage(checkOf(vector, path), {}, Cancel());
        QVERIFY(facts.ok());
        QCOMPARE(facts->signer.kid, vector.at("signer").get<std::string>());
        QCOMPARE(facts->packageBytes, std::uint64_t{bytes.size()});
        QCOMPARE(facts->payloads, std::uint64_t{2});
        QCOMPARE(facts->manifest.recipients.front().kid, m_key.kid());
        QVERIFY(!facts->entries);
    }

    void foldersMadeForARefusedPackageGoAgain() {
        const json& vector = vectors::all().at("packages").at(0);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.sealed"));
        Bytes bytes = tests::b64(vector.at("package").get<std::string>());
        write(path, bytes);
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("there")));
        const QString out = folder.filePath(QStringLiteral("there/a/b/c"));
        QVERIFY(QDir(folder.path()).mkpath(out + QStringLiteral("/dir"))); // in the way of the package's
        const OpenRequest request{checkOf(vector, path), out.toStdString(), false};
        QCOMPARE(openPackage(request, m_key, {}, Cancel()).error().code, Code::FileExists);
        QVERIFY(QDir(out + QStringLiteral("/dir")).exists()); // what was there before stays
        QVERIFY(QDir(folder.filePath(QStringLiteral("there/a"))).removeRecursively());
        bytes[100] ^= 1; // in the first payload
        write(path, bytes);
        QVERIFY(!openPackage(request, m_key, {}, Cancel()));
        QVERIFY(QDir(folder.filePath(QStringLiteral("there"))).isEmpty());
    }

    void anotherKeyDoesNotOpenIt() {
        const json& vector = vectors::all().at("packages").at(0);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.sealed"));
        write(path, tests::b64(vector.at("package").get<std::string>()));
        const auto other = vectors::decryptionKey("TEST KEY, another recipient's decryption");
        const auto verified = verifyPackage(checkOf(vector, path), &other, {}, Cancel());
        QCOMPARE(verified.error().code, Code::KeyNotForThis);
    }

    /// Every bit of a package is either noticed or one of ZIP's versions and attributes, which FORMAT.md §6 leaves
    /// free.
    void everyBitFlipIsNoticed_data() {
        QTest::addColumn<int>("index");
        QTest::newRow("two files") << 0;
        QTest::newRow("zstd") << 2;
    }

    void everyBitFlipIsNoticed() {
        QFETCH(int, index);
        const json& vector = vectors::all().at("packages").at(static_cast<std::size_t>(index));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.sealed"));
        Bytes bytes = tests::b64(vector.at("package").get<std::string>());
        const PackageCheck check = checkOf(vector, path);
        write(path, bytes);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        const auto put = [&](std::size_t at) {
            return file.seek(static_cast<qint64>(at)) && file.write(reinterpret_cast<const char*>(&bytes[at]), 1) == 1;
        };
        std::size_t unnoticed = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                bytes[i] = static_cast<Byte>(bytes[i] ^ (1 << bit));
                QVERIFY(put(i));
                const auto verified = verifyPackage(check, nullptr, {}, Cancel());
                if (verified && verified->signer.known) {
                    ++unnoticed;
                    QVERIFY2(isFree(bytes, i), std::to_string(i).c_str());
                }
                bytes[i] = static_cast<Byte>(bytes[i] ^ (1 << bit));
            }
            QVERIFY(put(i));
        }
        // Local headers: version needed, 16 bits. Central ones: made by, needed, internal and external attributes, 80
        // bits.
        QCOMPARE(unnoticed, std::size_t{6 * (16 + 80)});
    }

private:
    static bool isFree(const Bytes& bytes, std::size_t at) {
        const auto isMark = [&](std::size_t start, Byte third, Byte fourth) {
            return start + 4 <= bytes.size() && bytes[start] == 'P' && bytes[start + 1] == 'K' &&
                   bytes[start + 2] == third && bytes[start + 3] == fourth;
        };
        for (const std::size_t back : {4u, 5u}) {
            if (at >= back && isMark(at - back, 3, 4)) {
                return true;
            }
        }
        for (const std::size_t back : {4u, 5u, 6u, 7u, 36u, 37u, 38u, 39u, 40u, 41u}) {
            if (at >= back && isMark(at - back, 1, 2)) {
                return true;
            }
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(TestPackages)
#include "tst_packages.moc"
