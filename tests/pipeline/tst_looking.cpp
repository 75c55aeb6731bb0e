#include "models/pipeline/profile.h"
#include "models/pipeline/spool.h"
#include "tests/pipeline/pipeline_support.h"

#include <QDir>
#include <QTemporaryDir>
#include <thread>

using namespace sealwright;
using namespace sealwright::tests;

// What can be seen of a dataset without writing one: profile, preview, pages; and the spool.
class Looking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void profileMeasures();
    void profileListsWhatDoesNotFit();
    void metadataTellsNothingOfSealedFields();
    void previewShowsBothSides();
    void previewReadsTheBeginningOnly();
    void pages_data();
    void pages();
    void pageShowsAlteredCells();
    void whatIsVeryWideIsShownInPart();
    void spoolKeepsNoPlaintext();
};

namespace {

/// Counts what is read of a source that goes on for ever, nearly.
class EndlessLines : public ByteSource {
public:
    std::uint64_t size() const override { return std::uint64_t(10) << 30; }
    std::string name() const override { return "endless"; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        static const std::string line = "1,value\n";
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<Byte>(line[(offset + i) % line.size()]);
        read = std::max(read, offset + out.size());
        return out.size();
    }
    mutable std::uint64_t read = 0;
};

pipeline::EncryptRequest pagedRequest(const QByteArray& type, const pipeline::Keys& keys) {
    auto wanted = request(type.toStdString(), R"({"version":1})", keys);
    if (wanted.mediaType == MediaType::Json)
        wanted.dialect.recordsAt = "rows[]";
    return wanted;
}

} // namespace

void Looking::profileMeasures() {
    const std::string source = "[{\"a\":\"xyz\",\"b\":null},{\"a\":\"\",\"c\":[]},{\"a\":1234567,\"c\":{\"d\":true}}]";
    for (const auto& options : everyWay()) {
        const auto profile =
            pipeline::profileDataset(*memorySource(source, "input"), MediaType::Json, Dialect(), nullptr, options);
        SW_OK(profile);
        QCOMPARE(profile->records, std::uint64_t(3));
        QCOMPARE(profile->bytes, std::uint64_t(source.size()));
        QCOMPARE(profile->fields.size(), std::size_t(4));
        const auto& a = profile->fields[0];
        QCOMPARE(a.path, std::string("a"));
        QCOMPARE(a.type, FieldType::Mixed);
        QCOMPARE(a.values, std::uint64_t(3));
        QCOMPARE(a.empties, std::uint64_t(1));
        QCOMPARE(a.minLength, std::uint64_t(0));
        QCOMPARE(a.maxLength, std::uint64_t(7));
        QCOMPARE(profile->fields[1].nulls, std::uint64_t(1));
        QCOMPARE(profile->fields[1].type, FieldType::Null);
        QVERIFY(profile->fields[2].container);
        QCOMPARE(profile->fields[3].path, std::string("c.d"));
    }
}

void Looking::profileListsWhatDoesNotFit() {
    const std::string source = "a,b\n1,x\n1234567,y\n2,\xff\n";
    const auto policy = policyOf(
        R"({"version":1,"fields":[{"path":"a","action":"fpe","alphabet":"digits"},{"path":"b","action":"pseudonym"}]})");
    for (const auto& options : everyWay()) {
        const auto profile =
            pipeline::profileDataset(*memorySource(source, "input"), MediaType::Csv, Dialect(), &policy, options);
        SW_OK(profile);
        QCOMPARE(profile->unfitCount, std::uint64_t(3));
        QCOMPARE(profile->unfit[0].code, Code::ValueNotForFpe);
        QCOMPARE(*profile->unfit[0].where.record, std::uint64_t(0));
        QCOMPARE(*profile->unfit[0].where.byte, std::uint64_t(4));
        QCOMPARE(profile->unfit[0].where.file, std::string("input"));
        QCOMPARE(*profile->unfit[1].where.record, std::uint64_t(2));
        QCOMPARE(profile->unfit[2].code, Code::ValueUndecodable);
        QCOMPARE(profile->unfit[2].where.field, std::string("b"));
    }
}

void Looking::metadataTellsNothingOfSealedFields() {
    const std::string source = "a,b\n,\nx,\n";
    const TestKeys keys;
    const auto wanted = request("text/csv", R"({"version":1,"fields":[{"path":"b","action":"keep"}]})", keys.keys);
    const auto profile = pipeline::profileDataset(*memorySource(source, "input"), MediaType::Csv, wanted.dialect,
                                                  &wanted.policy, runOptions(1, 100));
    SW_OK(profile);
    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 100));
    SW_OK(made);
    QCOMPARE(
        crypto::writeControlJson(pipeline::metadataOf(*profile, made->dataset)),
        std::string(
            R"({"records":2,"fields":[{"path":"a","type":"text","action":"encrypt","values":2,"kept_empty":0,"errors":0},)"
            R"({"path":"b","type":"text","action":"keep","values":0,"kept_empty":2,"errors":0,"nulls":0,"empties":2,"min_length":0,"max_length":0}]})"));
}

void Looking::previewShowsBothSides() {
    const TestKeys keys;
    const std::string source = "id,name,card,note\n1,\"A \"\"x\"\"\",12,n\n2,Bob\n3,C,d,e\n";
    const auto wanted =
        request("text/csv", R"({"version":1,"default":"keep","fields":[{"path":"name","action":"mask","keep_prefix":1},
                                {"path":"card","action":"fpe","alphabet":"digits"},{"path":"note","action":"drop"}]})",
                keys.keys);
    const auto preview = pipeline::previewDataset(*memorySource(source, "input"), wanted, 2);
    SW_OK(preview);
    QCOMPARE(preview->paths, (std::vector<std::string>{"id", "name", "card", "note"}));
    QCOMPARE(preview->before.size(), std::size_t(2));
    QCOMPARE(preview->before[0][1].text, std::string("A \"x\""));
    QCOMPARE(preview->after[0][1].text, std::string("A****"));
    QCOMPARE(preview->after[0][0].text, std::string("1"));
    QVERIFY(preview->after[0][2].present && preview->after[0][2].text.empty()); // too short for fpe: shown as empty
    QVERIFY(preview->before[0][3].present && !preview->after[0][3].present);
    QVERIFY(!preview->before[1][2].present);

    const std::string json = "[{\"a\":null,\"b\":{\"c\":\"\\u0041\"}},{\"a\":[1,2]}]";
    const auto tree = pipeline::previewDataset(
        *memorySource(json, "input"), request("application/json", R"({"version":1,"nulls":"keep"})", keys.keys), 10);
    SW_OK(tree);
    QCOMPARE(tree->paths, (std::vector<std::string>{"a", "b.c", "a[]"}));
    QVERIFY(tree->before[0][0].isNull && tree->after[0][0].isNull);
    QCOMPARE(tree->before[0][1].text, std::string("A"));
    QCOMPARE(tree->after[0][1].text.substr(0, 7), std::string("sw1g.1."));
    QCOMPARE(tree->before[1][2].text, std::string("1"));
}

void Looking::previewReadsTheBeginningOnly() {
    const EndlessLines source;
    pipeline::EncryptRequest wanted;
    wanted.dialect.header = false;
    const auto key = crypto::freshDek();
    wanted.keys.dek = &key;
    const auto preview = pipeline::previewDataset(source, wanted, 100);
    SW_OK(preview);
    QCOMPARE(preview->before.size(), std::size_t(100));
    QVERIFY(source.read < (2u << 20));
}

void Looking::pages_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("source");
    std::string csv = "id,o\n", json = "{\"head\":\"h\",\"rows\":[", lines;
    for (int i = 0; i < 5000; ++i) {
        csv += std::to_string(i) + ",\"x,\n" + std::to_string(i * 2) + "\"\n";
        const std::string record = "{\"id\":" + std::to_string(i) + ", \"o\":\"x,\\n" + std::to_string(i * 2) + "\"}";
        json += (i ? " ,\n" : "") + record;
        lines += record + (i % 10 ? "\n" : "\n\n");
    }
    json += "],\"tail\":1}";
    QTest::newRow("CSV") << QByteArray("text/csv") << QByteArray::fromStdString(csv);
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray::fromStdString(json);
    QTest::newRow("JSON Lines") << QByteArray("application/x-ndjson") << QByteArray::fromStdString(lines);
}

void Looking::pages() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, source);
    const TestKeys keys;
    const auto wanted = pagedRequest(type, keys.keys);
    MemorySink sink;
    const auto made =
        pipeline::encryptDataset(*memorySource(source.toStdString(), "input"), sink, wanted, runOptions(2, 1000));
    SW_OK(made);
    const auto pager = pipeline::RecordPager::open(memorySource(sink.bytes(), "stored"), manifestOf(*made, wanted),
                                                   keys.keys, runOptions(1, 3000));
    SW_OK(pager);
    QCOMPARE((*pager)->records(), std::uint64_t(5000));
    QCOMPARE((*pager)->paths(), (std::vector<std::string>{"id", "o"}));
    for (const std::uint64_t first : {0u, 4990u, 17u, 2500u, 4999u, 5000u, 9999u}) {
        const auto page = (*pager)->page(first, 25);
        SW_OK(page);
        const std::uint64_t expected = first >= 5000 ? 0 : std::min<std::uint64_t>(25, 5000 - first);
        QCOMPARE(page->rows.size(), std::size_t(expected));
        for (std::uint64_t i = 0; i < expected; ++i) {
            const auto& row = page->rows[static_cast<std::size_t>(i)];
            QCOMPARE(row[0].text, std::to_string(first + i));
            QCOMPARE(row[1].text, "x,\n" + std::to_string((first + i) * 2));
            QVERIFY(row[1].state == pipeline::RecordPager::Cell::State::Value);
        }
    }
}

void Looking::pageShowsAlteredCells() {
    const TestKeys keys;
    const std::string source = "{\"a\":1,\"b\":null}\n{\"b\":2}\n";
    const auto wanted = request("application/x-ndjson", R"({"version":1})", keys.keys);
    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 1000));
    SW_OK(made);
    std::string stored = sink.bytes();
    stored[20] = stored[20] == 'A' ? 'B' : 'A';
    const auto pager = pipeline::RecordPager::open(memorySource(stored, "stored"), manifestOf(*made, wanted), keys.keys,
                                                   runOptions(1, 1000));
    SW_OK(pager);
    const auto page = (*pager)->page(0, 10);
    SW_OK(page);
    using State = pipeline::RecordPager::Cell::State;
    QVERIFY(page->rows[0][0].state == State::Altered);
    QVERIFY(page->rows[0][1].state == State::Null);
    QVERIFY(page->rows[1][0].state == State::Absent);
    QCOMPARE(page->rows[1][1].text, std::string("2"));
}

/// However many columns and however long the values: what is kept of them for the eye is bounded.
void Looking::whatIsVeryWideIsShownInPart() {
    constexpr std::size_t columns = 2000, records = 60, length = 300;
    const TestKeys keys;
    std::string source;
    for (std::size_t row = 0; row <= records; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            source += (row == 0 ? "c" + std::to_string(column) : std::string(length, 'x')) +
                      (column + 1 < columns ? "," : "\n");
    const auto wanted = request("text/csv", R"({"version":1,"default":"keep"})", keys.keys);
    const auto preview = pipeline::previewDataset(*memorySource(source, "input"), wanted, 50);
    SW_OK(preview);
    QCOMPARE(preview->paths.size(), columns);
    QCOMPARE(preview->before.size(), std::size_t(25)); // 50,000 cells

    MemorySink sink;
    const auto made = pipeline::encryptDataset(*memorySource(source, "input"), sink, wanted, runOptions(1, 1u << 20));
    SW_OK(made);
    const auto pager = pipeline::RecordPager::open(memorySource(sink.bytes(), "stored"), manifestOf(*made, wanted),
                                                   keys.keys, runOptions(1, 1u << 20));
    SW_OK(pager);
    QCOMPARE((*pager)->columns(), std::uint64_t(columns));
    QCOMPARE((*pager)->paths().size(), pipeline::RecordPager::mostColumns);
    const auto page = (*pager)->page(0, 20);
    SW_OK(page);
    QCOMPARE(page->rows.size(), std::size_t(20));
    for (const auto& row : page->rows) {
        QCOMPARE(row.size(), pipeline::RecordPager::mostColumns);
        for (const auto& cell : row) {
            QVERIFY(cell.state == pipeline::RecordPager::Cell::State::Value);
            QVERIFY(cell.text.substr(0, 90) == std::string(90, 'x'));
            QVERIFY(cell.text.size() < 110); // 100 characters, and that it was shortened
        }
    }
}

void Looking::spoolKeepsNoPlaintext() {
    QTemporaryDir folder;
    std::string text;
    while (text.size() < (3u << 20) + 17)
        text += "a line that is easily found again\n";
    for (const std::size_t size :
         {std::size_t(0), std::size_t(1), std::size_t(1) << 20, (std::size_t(1) << 20) + 1, text.size()}) {
        auto spool = pipeline::Spool::create(folder.path().toStdString());
        SW_OK(spool);
        for (std::size_t at = 0; at < size; at += 77'777)
            SW_OK((*spool)->write(std::string_view(text).substr(at, std::min<std::size_t>(77'777, size - at))));
        auto source = (*spool)->finish("a spool");
        SW_OK(source);
        spool->reset(); // the source keeps the file
        QCOMPARE((*source)->size(), std::uint64_t(size));
        QCOMPARE((*source)->name(), std::string("a spool"));
        const auto readAll = [&] {
            for (const std::size_t at : {std::size_t(0), std::size_t(1'000'000), std::size_t(1) << 20, size}) {
                std::string out(100'000, '\0');
                const auto got = (*source)->readAt(at, {reinterpret_cast<Byte*>(out.data()), out.size()});
                const std::size_t there = at < size ? std::min(out.size(), size - at) : 0;
                if (!got.ok() || *got != there || out.substr(0, there) != text.substr(at, there))
                    return false;
            }
            return true;
        };
        std::atomic<int> well = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 4; ++i)
            readers.emplace_back([&] { well += readAll() ? 1 : 0; });
        for (auto& reader : readers)
            reader.join();
        QCOMPARE(well.load(), 4);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0); // nameless
    QCOMPARE(pipeline::Spool::create("/nowhere/at/all").error().code, Code::FileNotFound);
}

QTEST_GUILESS_MAIN(Looking)
#include "tst_looking.moc"
