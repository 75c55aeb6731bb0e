#include "tests/pipeline/vector_support.h"

using namespace sealwright;
using namespace sealwright::tests;

// Known answers of whole datasets: stored bytes, the manifest's members, and what opening gives.
class DatasetVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void made_data() { vectors::rows("datasets", 45); }
    void made();
    void opened_data() { vectors::rows("datasets", 45); }
    void opened();
    void policies_data() { vectors::rows("policies_refused", 30); }
    void policies();
    void joinsAcrossDatasets();
};

namespace {

std::vector<std::string> sourcesOf(const Vector& one) {
    if (one.contains("sources"))
        return one.at("sources").get<std::vector<std::string>>();
    return {textOrBytes(one, "source")};
}

json parsed(const crypto::Json& value) {
    return json::parse(crypto::writeControlJson(value));
}

json plain(const Vector& value) {
    return json::parse(value.dump());
}

} // namespace

void DatasetVectors::made() {
    const Vector& one = vectors::current("datasets");
    QVERIFY(
        vectors::onlyMembers(one, {"name", "media_type", "dialect", "policy", "join_key", "source", "source_b64",
                                   "sources", "stored", "stored_b64", "restored", "restored_b64", "dataset", "runs"}));
    const VectorKeys keys(one.at("join_key").get<bool>());
    const auto sources = sourcesOf(one);
    for (const auto& options : everyWay()) {
        std::string stored;
        json runs = json::array();
        for (std::size_t i = 0; i < sources.size(); ++i) {
            auto wanted = request(text(one, "media_type"), one.value("dialect", Vector::object()),
                                  one.at("policy").dump(), sources[i], keys.keys);
            wanted.runId = runId(text(tests::vectors(), i == 0 ? "run_id" : "run_id_2"));
            MemorySink sink;
            const auto source = memorySource(sources[i], "source");
            const auto made = pipeline::encryptDataset(*source, sink, wanted, options);
            SW_OK(made);
            stored += sink.bytes();
            QCOMPARE(made->content.size, std::uint64_t(sink.bytes().size()));
            runs.push_back(parsed(toJson(std::vector<RunInfo>{made->run})).at(0));
            if (sources.size() == 1)
                QCOMPARE(parsed(toJson(made->dataset)).dump(2), plain(one.at("dataset")).dump(2));
        }
        QCOMPARE(QByteArray::fromStdString(stored), QByteArray::fromStdString(textOrBytes(one, "stored")));
        QCOMPARE(runs.dump(2), plain(one.at("runs")).dump(2));
    }
}

void DatasetVectors::opened() {
    const Vector& one = vectors::current("datasets");
    const bool withJoinKey = one.at("join_key").get<bool>();
    const VectorKeys keys(withJoinKey);
    // A manifest that is whole, with the members of this case put in.
    json document = json::parse(text(vectors::all().at("datasets_refused").at(withJoinKey ? 2 : 0), "manifest"));
    document["dataset"] = plain(one.at("dataset"));
    document["runs"] = plain(one.at("runs"));
    document["policy"] = parsed(toJson(policyOf(one.at("policy").dump())));
    const auto manifest = parseManifest(document.dump());
    SW_OK(manifest);
    const auto sources = sourcesOf(one);
    std::string expected;
    for (const std::string& source : sources)
        expected += source;
    if (one.contains("restored") || one.contains("restored_b64"))
        expected = textOrBytes(one, "restored");
    const auto stored = memorySource(textOrBytes(one, "stored"), "stored");
    for (const auto& options : everyWay()) {
        MemorySink sink;
        const auto opened = pipeline::decryptDataset(*stored, &sink, *manifest, keys.keys, options);
        SW_OK(opened);
        QCOMPARE(sink.bytes(), expected);
        QCOMPARE(opened->findingsCount, std::uint64_t(0));
        QCOMPARE(opened->byteExact, one.at("dataset").at("byte_exact").get<bool>());
    }
}

void DatasetVectors::policies() {
    const Vector& one = vectors::current("policies_refused");
    QVERIFY(vectors::onlyMembers(one, {"name", "policy", "media_type", "source", "error"}));
    const auto policy = parsePolicy(text(one, "policy"));
    if (!policy.ok()) {
        QVERIFY2(refused(one), say(policy).c_str());
        return;
    }
    const VectorKeys keys(false);
    const auto source = memorySource(text(one, "source"), "source");
    const auto wanted =
        request(text(one, "media_type"), Vector::object(), text(one, "policy"), text(one, "source"), keys.keys);
    for (const auto& options : everyWay()) {
        MemorySink sink;
        const auto made = pipeline::encryptDataset(*source, sink, wanted, options);
        QVERIFY2(made.ok() != refused(one), say(made).c_str());
    }
}

/// Under one join key and one join text, the same value under the same name is the same token, whatever the dataset.
void DatasetVectors::joinsAcrossDatasets() {
    const VectorKeys keys(true);
    const std::string policy =
        R"({"version":1,"default":"keep","join":"cohort-7","fields":[{"path":"P","action":"deterministic","join_as":"customer_id"}]})";
    const auto stored = [&](const char* dataset, std::string join) {
        auto own = keys.keys;
        own.datasetId = dataset;
        Policy wish = policyOf(std::string(policy).replace(policy.find('P'), 1, "id"));
        wish.join = std::move(join);
        pipeline::EncryptRequest wanted;
        wanted.policy = wish;
        wanted.keys = own;
        wanted.runId = crypto::freshRunId();
        MemorySink sink;
        const auto made =
            pipeline::encryptDataset(*memorySource("id\n4711\n", "source"), sink, wanted, runOptions(1, 100));
        return made.ok() ? sink.bytes() : say(made);
    };
    QCOMPARE(stored("3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f", "cohort-7"),
             std::string("id\nsw1s.3.0YP_0m-JIvnEtsV-oFref2plEDjkTLRTLcuSBZy4IQdt\n"));
    QCOMPARE(stored("00000000-0000-4000-8000-000000000000", "cohort-7"),
             stored("3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f", "cohort-7"));
    QVERIFY(stored("00000000-0000-4000-8000-000000000000", "") != stored("3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f", ""));
}

QTEST_GUILESS_MAIN(DatasetVectors)
#include "tst_dataset_vectors.moc"
