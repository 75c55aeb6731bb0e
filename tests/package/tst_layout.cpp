#include "models/package/portable_path.h"
#include "models/package/stored_part.h"
#include "models/package/zip_layout.h"
#include "models/package/zstd_stream.h"

#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::package;

namespace {

/// A package's skeleton: headers at their places, contents never written.
struct Skeleton {
    std::vector<ZipEntry> entries;
    std::uint64_t end = 0;

    void add(std::string name, std::uint64_t size, bool zip64 = false) {
        ZipEntry entry;
        entry.name = std::move(name);
        entry.size = size;
        entry.crc = static_cast<std::uint32_t>(size);
        entry.zip64 = zip64;
        end = place(entry, end);
        entries.push_back(std::move(entry));
    }

    void writeTo(const PositionalFile& file) const {
        for (const ZipEntry& entry : entries) {
            QVERIFY(file.writeAt(entry.headerOffset, asBytes(localHeader(entry))).ok());
        }
        QVERIFY(file.writeAt(end, asBytes(centralDirectory(entries, end))).ok());
    }
};

Skeleton skeleton(std::size_t payloads, std::uint64_t size, bool zip64 = false) {
    Skeleton made;
    made.add("mimetype", 37);
    for (std::size_t i = 1; i <= payloads; ++i) {
        made.add(payloadName(i), size, zip64);
    }
    made.add("index", 100);
    made.add("manifest.json", 1000);
    made.add("manifest.jws", 200);
    return made;
}

Bytes compressed(const std::string& text, unsigned workers = 1) {
    Bytes out;
    ZstdCompressor compressor(workers, [&](ByteView bytes) {
        out.insert(out.end(), bytes.begin(), bytes.end());
        return Outcome<void>();
    });
    return compressor.write(asBytes(text), true) ? out : Bytes();
}

Code expandedTo(std::uint64_t size, ByteView bytes, std::uint64_t* given = nullptr, std::size_t step = 1000) {
    std::uint64_t count = 0;
    ZstdExpander expander(size, [&](ByteView out) {
        count += out.size();
        return Outcome<void>();
    });
    Outcome<void> done;
    for (std::size_t i = 0; i < bytes.size() && done; i += step) {
        done = expander.write(bytes.subspan(i, std::min(step, bytes.size() - i)));
    }
    if (done) {
        done = expander.finish();
    }
    if (given) {
        *given = count;
    }
    return done ? Code::Cancelled : done.error().code; // Cancelled stands for "no failure"
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_count = 0;

    PositionalFile freshFile() {
        const QString path = m_folder.filePath(QString::number(++m_count));
        return PositionalFile::create(path.toStdString()).value();
    }

private Q_SLOTS:
    void zip64ComesWithSizeAndNumber_data() {
        QTest::addColumn<int>("payloads");
        QTest::addColumn<quint64>("size");
        QTest::addColumn<bool>("zip64");
        QTest::newRow("small") << 3 << quint64{100} << false;
        QTest::newRow("no payload") << 0 << quint64{0} << false;
        QTest::newRow("4 GiB less two") << 1 << quint64{0xfffffffe} << false;
        QTest::newRow("4 GiB less one") << 1 << quint64{0xffffffff} << false;
        QTest::newRow("5 GiB twice") << 2 << (quint64{5} << 30) << false;
        QTest::newRow("70,000 entries") << 70000 << quint64{16} << false;
        QTest::newRow("size not known before") << 2 << quint64{50} << true;
    }

    void zip64ComesWithSizeAndNumber() {
        QFETCH(int, payloads);
        QFETCH(quint64, size);
        QFETCH(bool, zip64);
        const Skeleton made = skeleton(static_cast<std::size_t>(payloads), size, zip64);
        const PositionalFile file = freshFile();
        made.writeTo(file);
        const auto read = readLayout(file);
        QVERIFY(read.ok());
        QCOMPARE(read->size(), made.entries.size());
        for (std::size_t i = 0; i < read->size(); ++i) {
            QCOMPARE((*read)[i].name, made.entries[i].name);
            QCOMPARE((*read)[i].size, made.entries[i].size);
            QCOMPARE((*read)[i].dataOffset, made.entries[i].dataOffset);
        }
    }

    void flippedBitsOfZip64AreNoticed() {
        const Skeleton made = skeleton(1, std::uint64_t{5} << 30);
        const PositionalFile file = freshFile();
        made.writeTo(file);
        const std::uint64_t size = file.identity()->size;
        std::size_t unnoticed = 0;
        for (std::uint64_t i = made.end; i < size; ++i) {
            Byte byte = 0;
            QVERIFY(file.readAt(i, MutableBytes(&byte, 1)).ok());
            for (int bit = 0; bit < 8; ++bit) {
                const Byte flipped = static_cast<Byte>(byte ^ (1 << bit));
                QVERIFY(file.writeAt(i, ByteView(&flipped, 1)).ok());
                unnoticed += readLayout(file).ok() ? 1 : 0;
            }
            QVERIFY(file.writeAt(i, ByteView(&byte, 1)).ok());
        }
        // Central headers: made by, needed and attributes; the ZIP64 end: its two versions.
        QCOMPARE(unnoticed, std::size_t{5 * 80 + 32});
    }

    void noPartOfAFileIsReadAsALayout() {
        const Skeleton made = skeleton(2, 100);
        const PositionalFile file = freshFile();
        made.writeTo(file);
        const std::uint64_t size = file.identity()->size;
        for (std::uint64_t cut = 0; cut < size; ++cut) {
            QCOMPARE(::truncate(file.path().c_str(), static_cast<off_t>(size - cut - 1)), 0);
            QVERIFY(!readLayout(file));
        }
    }

    void sumsOfBlocksFoldIntoSumsOfTheWhole() {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, crypto::packageBlock, crypto::packageBlock + 1,
                                       3 * crypto::packageBlock - 5}) {
            Bytes bytes(size);
            for (std::size_t i = 0; i < size; ++i) {
                bytes[i] = static_cast<Byte>(i % 251);
            }
            std::vector<BlockSum> sums;
            for (std::uint64_t i = 0; i < blocksOf(size); ++i) {
                const std::size_t begin = i * crypto::packageBlock;
                sums.push_back(sumOf(ByteView(bytes).subspan(begin, std::min(size - begin, crypto::packageBlock))));
            }
            crypto::BlockDigest digest(crypto::packageBlock);
            digest.update(bytes);
            const PartSum sum = fold(sums, size);
            QCOMPARE(sum.digest, digest.finish());
            QCOMPARE(sum.crc, crcOf(bytes));
        }
    }

    void aBombStopsAtItsDeclaredSize() {
        const Bytes bomb = compressed(std::string(std::size_t{256} << 20, '\0'));
        QVERIFY(bomb.size() < 100'000);
        std::uint64_t given = 0;
        QCOMPARE(expandedTo(1000, bomb, &given, bomb.size()), Code::PackageTooLarge);
        QVERIFY(given <= 1000);
    }

    void zstdIsTakenWholeOrNot() {
        const std::string text(300'000, 'a');
        for (const unsigned workers : {1u, 3u}) {
            const Bytes bytes = compressed(text, workers);
            for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
                std::uint64_t given = 0;
                QCOMPARE(expandedTo(text.size(), bytes, &given, step), Code::Cancelled);
                QCOMPARE(given, std::uint64_t{text.size()});
            }
            QCOMPARE(expandedTo(text.size() + 1, bytes), Code::AuthTruncated);
            QCOMPARE(expandedTo(text.size() - 1, bytes), Code::PackageTooLarge);
            QCOMPARE(expandedTo(text.size(), ByteView(bytes).first(bytes.size() - 1)), Code::AuthTruncated);
        }
        QCOMPARE(expandedTo(0, compressed("")), Code::Cancelled);
        QCOMPARE(expandedTo(0, {}), Code::AuthTruncated);
        QCOMPARE(expandedTo(5, asBytes("hello")), Code::AuthAltered);
    }

    void foldingIsFull() {
        const std::pair<const char*, const char*> same[] = {
            {"Straße", "STRASSE"}, {"ﬁn", "FIN"}, {"É", "e\u0301"}, {"ς", "Σ"}, {"𐐀", "𐐨"},
            {"folder/", "Folder"}, {"ẞ", "ss"}};
        for (const auto& [a, b] : same) {
            QCOMPARE(foldedPath(a), foldedPath(b));
        }
        QVERIFY(foldedPath("ı") != foldedPath("i"));
        QVERIFY(foldedPath("ä") != foldedPath("a"));
    }

    void portablePaths() {
        for (const char* path : {"a", "a/b.csv", "folder/", "a b", ".hidden", "Grüße", "COM0", "COM10", "console",
                                 "nul1/x", "a..b", "\xef\xbb\xbf begins with a byte order mark"}) {
            QVERIFY2(isPortablePath(path), path);
        }
        for (const char* path : {"", "/", "a//b", "a/", "../a", "..", ".", "a/./b", "aux", "LPT9.a.b", "conout$",
                                 "com\xc2\xb2", "x\x7f", "x\xc2\x85", "e\xcc\x81", "\xff", "\xed\xa0\x80"}) {
            const bool folder = std::string_view(path) == "a/";
            QVERIFY2(isPortablePath(path) == folder, path);
        }
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
