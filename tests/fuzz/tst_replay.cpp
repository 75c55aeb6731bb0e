#include "tests/fuzz/target.h"

#include <QDir>
#include <QTest>

#include <random>

using namespace sealwright::fuzz;

/// Replays the fuzz targets' seeds, and each of them with bytes changed, in every build.
class TestReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTargetIsHere();
    void seeds_data();
    void seeds();

private:
    const QDir m_folder{QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/fuzz")};
};

void TestReplay::everyTargetIsHere() {
    QStringList sources, corpora;
    for (const Target& target : targets()) {
        sources.append(QStringLiteral("fuzz_%1.cpp").arg(QLatin1String(target.name)));
        corpora.append(QLatin1String(target.name));
    }
    sources.append(QStringLiteral("fuzz_main.cpp"));
    sources.sort();
    corpora.sort();
    QCOMPARE(sources, m_folder.entryList({QStringLiteral("fuzz_*.cpp")}, QDir::Files, QDir::Name));
    QCOMPARE(corpora, QDir(m_folder.filePath(QStringLiteral("corpus"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot));
}

void TestReplay::seeds_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < targets().size(); ++i)
        QTest::newRow(targets()[i].name) << static_cast<int>(i);
}

void TestReplay::seeds() {
    QFETCH(int, index);
    const Target& target = targets()[static_cast<std::size_t>(index)];
    const QDir folder(m_folder.filePath(QStringLiteral("corpus/") + QLatin1String(target.name)));
    const QStringList files = folder.entryList(QDir::Files);
    QVERIFY(files.size() >= 10);
    std::mt19937 random(1);
    target.check({});
    for (const QString& one : files) {
        QFile file(folder.filePath(one));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string seed = file.readAll().toStdString();
        target.check(seed);
        for (int round = 0; round < target.changes && !seed.empty(); ++round) {
            std::string changed = seed;
            changed[random() % changed.size()] = target.alphabet[random() % target.alphabet.size()];
            changed.erase(random() % changed.size(), random() % 3);
            target.check(changed);
        }
    }
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
