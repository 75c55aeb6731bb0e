#include "models/tasks/commit_files.h"
#include "models/tasks/dataset_files.h"
#include "models/tasks/small_file.h"
#include "tests/tasks/fake_world.h"

#include <QDir>
#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// Datasets as files: what is written together, what is refused, what a reader says.
class DatasetFilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeWorld> m_world;

    EncryptFileRequest requestFor(const std::string& name, const std::string& text = "name,n\nAda,1\nBea,2\n") const {
        EncryptFileRequest request;
        request.source = memorySource(text, "people.csv");
        request.out = m_world->folder.path().toStdString() + "/" + name;
        return request;
    }
    QStringList files() const {
        return QDir(m_world->folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void init() {
        m_world = std::make_unique<FakeWorld>();
        QVERIFY(storeKeys(m_world->services, sharedKeys()).ok());
    }

    void aDatasetThatNoReaderTakesIsNotWritten() {
        // A name that the file system takes and JSON does not.
        const auto named = encryptFile(m_world->services, requestFor("caf\xe9.csv"), m_world->context);
        QCOMPARE(codeOf(named), std::string("data.manifest.refused"));
        QCOMPARE(files(), QStringList());

        EncryptFileRequest many = requestFor("s");
        const crypto::RecipientKey other = sharedKeys(1).dec.publicKey();
        for (int i = 0; i < 1000; ++i) {
            many.to.push_back(other);
            many.to.back().kid += std::to_string(i);
        }
        QCOMPARE(codeOf(encryptFile(m_world->services, many, m_world->context)),
                 std::string("usage.too-many-recipients"));
        QCOMPARE(files(), QStringList());
        many.includeSelf = false; // a thousand are taken
        QCOMPARE(codeOf(encryptFile(m_world->services, many, m_world->context)), std::string("ok"));
    }

    void everyBitFlipOfAManifestAndItsSignatureIsNoticed() {
        const auto sealed = encryptFile(m_world->services, requestFor("s"), m_world->context);
        QCOMPARE(codeOf(sealed), std::string("ok"));
        const std::string path = m_world->folder.path().toStdString() + "/s";
        ReadFileRequest read;
        read.data = *openFileSource(path);
        read.manifestText = *readSmallFile(path + ".manifest.json");
        read.signatureText = *readSmallFile(path + ".manifest.jws");
        QCOMPARE(codeOf(readDataset(m_world->services, read, nullptr, true, m_world->context)), std::string("ok"));
        for (std::string* document : {&read.manifestText, &read.signatureText}) {
            for (char& byte : *document) {
                const char was = byte;
                for (int bit = 0; bit < 8; ++bit) {
                    byte = static_cast<char>(was ^ (1 << bit));
                    const auto seen = readDataset(m_world->services, read, nullptr, true, m_world->context);
                    QVERIFY2(!seen, std::to_string(&byte - document->data()).c_str());
                }
                byte = was;
            }
        }
    }

    void threeFilesTogetherOrNone_data() {
        QTest::addColumn<bool>("replace");
        QTest::addColumn<bool>("fails");
        for (const bool replace : {false, true})
            for (const bool fails : {false, true})
                QTest::addRow("%s, %s", replace ? "replaced" : "new", fails ? "one fails" : "all well")
                    << replace << fails;
    }

    void threeFilesTogetherOrNone() {
        QFETCH(bool, replace);
        QFETCH(bool, fails);
        const QDir folder(m_world->folder.path());
        const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        const auto contents = [&] {
            QByteArray all;
            for (const QString& name : files()) {
                QFile file(folder.filePath(name));
                all += name.toUtf8() + '=' + (file.open(QIODevice::ReadOnly) ? file.readAll() : "folder") + ' ';
            }
            return all;
        };
        std::vector<std::unique_ptr<FileSink>> sinks;
        std::vector<FileSink*> together;
        for (const QString& name : names) {
            const std::string path = folder.filePath(name).toStdString();
            if (replace && name != names[1]) { // one name is new in any case
                QFile old(folder.filePath(name));
                QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
            }
            auto sink = FileSink::create(path, replace);
            QVERIFY(sink.ok());
            QVERIFY((*sink)->write("new").ok());
            sinks.push_back(std::move(*sink));
            together.push_back(sinks.back().get());
        }
        if (fails) { // a folder takes the last name at the last moment
            QFile::remove(folder.filePath(names[2]));
            QVERIFY(folder.mkdir(names[2]));
        }
        QCOMPARE(commitTogether(together).ok(), !fails);
        sinks.clear();
        QCOMPARE(contents(), !fails    ? QByteArray("a=new b=new c=new ")
                             : replace ? QByteArray("a=old c=folder ")
                                       : QByteArray("c=folder "));
    }
};

QTEST_GUILESS_MAIN(DatasetFilesTest)
#include "tst_dataset_files.moc"
