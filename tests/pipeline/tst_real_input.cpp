#include "models/dataset/sniff.h"
#include "models/pipeline/check.h"
#include "tests/pipeline/pipeline_support.h"
#include "tests/support/not_tried.h"

#include <QDirIterator>

using namespace sealwright;
using namespace sealwright::tests;

// Data that no one here wrote: every file is encrypted, checked, restored and compared byte for byte, or refused with a
// clear code.
class RealInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFile();
};

void RealInput::everyFile() {
    const QString folder = qEnvironmentVariable("SEALWRIGHT_REAL_INPUT");
    if (folder.isEmpty())
        NOT_TRIED("SEALWRIGHT_REAL_INPUT is not set: no real input was tried; ./dev test fetches it");
    const TestKeys keys;
    int same = 0, refusedCount = 0;
    std::uint64_t values = 0;
    QDirIterator files(
        folder, {QStringLiteral("*.csv"), QStringLiteral("*.tsv"), QStringLiteral("*.json"), QStringLiteral("*.jsonl")},
        QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const std::string path = files.next().toStdString();
        if (path.find("package.json") != std::string::npos)
            continue;
        const auto source = openFileSource(path);
        SW_OK(source);
        const auto sniffed = dataset::sniff(**source, {});
        if (!sniffed.ok()) {
            qInfo("%s refused: %s", path.c_str(), say(sniffed).c_str());
            ++refusedCount;
            continue;
        }
        // Every table among them has a header.
        QVERIFY2(sniffed->mediaType != MediaType::Csv || sniffed->dialect.header, path.c_str());
        pipeline::EncryptRequest wanted;
        wanted.mediaType = sniffed->mediaType;
        wanted.dialect = sniffed->dialect;
        wanted.keys = keys.keys;
        wanted.runId = crypto::freshRunId();
        MemorySink sink;
        const auto made = pipeline::encryptDataset(**source, sink, wanted, runOptions(0, 1u << 20));
        if (!made.ok()) {
            qInfo("%s refused: %s", path.c_str(), say(made).c_str());
            QCOMPARE(exitStatus(made.error().code), 3);
            ++refusedCount;
            continue;
        }
        const auto stored = memorySource(sink.bytes(), "stored");
        MemorySink restored;
        const auto opened =
            pipeline::decryptDataset(*stored, &restored, manifestOf(*made, wanted), keys.keys, runOptions(0, 1u << 20));
        QVERIFY2(opened.ok(), (path + ": " + say(opened)).c_str());
        QVERIFY2(opened->byteExact && opened->findingsCount == 0, path.c_str());
        std::string original(static_cast<std::size_t>((*source)->size()), '\0');
        QVERIFY((*source)->readAt(0, {reinterpret_cast<Byte*>(original.data()), original.size()}).ok());
        QVERIFY2(restored.bytes() == original, path.c_str());
        const auto checked = pipeline::checkAgainstSource(**source, *stored, wanted, *made, runOptions(0, 1u << 20));
        QVERIFY2(checked.ok(), (path + ": " + say(checked)).c_str());
        values += checked->compared;
        ++same;
    }
    qInfo("%d files came back byte for byte (%llu values), %d were refused", same,
          static_cast<unsigned long long>(values), refusedCount);
    QVERIFY(same >= 60);
    QVERIFY(refusedCount <= 5);
}

QTEST_GUILESS_MAIN(RealInput)
#include "tst_real_input.moc"
