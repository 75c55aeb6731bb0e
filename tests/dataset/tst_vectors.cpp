#include "tests/dataset/dataset_support.h"

#include "models/dataset/records_at.h"
#include "models/dataset/unflatten.h"

#include <QTest>

using namespace sealwright;
using namespace sealwright::dataset;
using namespace sealwright::dataset::testing;

/// The sections `paths` and `unflatten` of the known answers, and every dataset's records.
class TestVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paths() {
        const Json cases = vectors().at("paths");
        QCOMPARE(cases.size(), std::size_t(26));
        for (const Json& one : cases) {
            const std::string name = one.at("name").get<std::string>();
            for (const auto& member : one.items()) {
                static const std::vector<std::string> known = {"name",       "media_type", "dialect", "source",
                                                               "source_b64", "paths",      "error"};
                QVERIFY2(std::find(known.begin(), known.end(), member.key()) != known.end(), member.key().c_str());
            }
            for (const std::size_t block : {std::size_t(1), std::size_t(7), std::size_t(1) << 20}) {
                const Reading reading = read(one, block);
                QVERIFY2(reading.failure.has_value() == one.contains("error"), name.c_str());
                if (!reading.failure)
                    QVERIFY2(Json(reading.paths) == one.at("paths"),
                             (name + ": " + Json(reading.paths).dump()).c_str());
            }
        }
    }

    void unflattened() {
        const Json cases = vectors().at("unflatten");
        QCOMPARE(cases.size(), std::size_t(13));
        for (const Json& one : cases) {
            const std::string in = one.at("in").get<std::string>();
            std::string out;
            const auto changed = unflatten(in, 0, out);
            QVERIFY2(changed.ok() != one.contains("error"), in.c_str());
            if (changed)
                QCOMPARE(*changed ? out : in, one.at("out").get<std::string>());
            else
                QCOMPARE(changed.error().code, Code::DataUnflattenConflict);
        }
    }

    void everyDatasetIsItsChunks() {
        const Json all = vectors();
        std::size_t count = 0;
        for (const Json& one : all.at("datasets")) {
            if (!one.contains("source") && !one.contains("source_b64"))
                continue;
            for (const std::size_t block : {1, 2, 3, 64, 1000}) {
                const Reading reading = read(one, std::size_t(block));
                QVERIFY2(!reading.failure, one.at("name").get<std::string>().c_str());
                QCOMPARE(reading.bytes, bytesOf(one, "source"));
                QCOMPARE(reading.rows, one.at("runs")[0].at("records").get<std::uint64_t>());
            }
            ++count;
        }
        QCOMPARE(count, std::size_t(44));
    }

private:
    static Reading read(const Json& one, std::size_t block) {
        const auto source = memorySource(bytesOf(one, "source"), "vector");
        Dialect dialect = dialectOf(one);
        const MediaType type = mediaTypeOf(one);
        if (type == MediaType::Json && !dialect.recordsAt) {
            if (const auto found = findRecordsAt(*source); found && *found)
                dialect.recordsAt = *found;
        }
        SplitOptions options;
        options.blockSize = block;
        return readAll(*source, type, dialect, options);
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
