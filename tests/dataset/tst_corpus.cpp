#include "tests/fuzz/dataset_cases.h"

#include <QDir>
#include <QTest>

#include <random>

using namespace sealwright::dataset::testing;

/// Replays the fuzz targets' seeds, and each of them with bytes changed, in every build.
class TestCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void csv() { replay(QStringLiteral("csv"), checkCsv, "\",;\r\na"); }
    void json() { replay(QStringLiteral("json"), checkJson, "{}[]\",:\\u0e-a. "); }

private:
    static void replay(const QString& name, void (*check)(std::string_view), std::string_view alphabet) {
        const QDir folder(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/fuzz/corpus/") + name);
        const QStringList files = folder.entryList(QDir::Files);
        QVERIFY(files.size() >= 10);
        std::mt19937 random(1);
        for (const QString& one : files) {
            QFile file(folder.filePath(one));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string seed = file.readAll().toStdString();
            check(seed);
            for (int round = 0; round < 100 && !seed.empty(); ++round) {
                std::string changed = seed;
                changed[random() % changed.size()] = alphabet[random() % alphabet.size()];
                changed.erase(random() % changed.size(), random() % 3);
                check(changed);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
