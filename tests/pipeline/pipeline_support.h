#pragma once
#include "crypto/jose/jws.h"
#include "models/dataset/records_at.h"
#include "models/pipeline/decrypt.h"
#include "models/pipeline/encrypt.h"
#include "tests/support/vector_keys.h"

#include <QTest>

// What the pipeline's tests share: requests out of vectors, manifests out of results.
namespace sealwright::tests {

using nlohmann::json;

inline pipeline::RunOptions runOptions(unsigned threads, std::size_t blockSize) {
    pipeline::RunOptions options;
    options.threads = threads;
    options.blockSize = blockSize;
    return options;
}

/// Serial, threaded, and with blocks so small that everything is cut everywhere.
inline std::vector<pipeline::RunOptions> everyWay() {
    std::vector<pipeline::RunOptions> ways;
    for (const unsigned threads : {1u, 2u, 5u}) {
        for (const std::size_t blockSize : {std::size_t(1) << 20, std::size_t(1), std::size_t(2), std::size_t(7)})
            ways.push_back(runOptions(threads, blockSize));
    }
    return ways;
}

inline Policy policyOf(const std::string& text) {
    auto policy = parsePolicy(text);
    if (!policy.ok())
        throw std::runtime_error("no policy: " + text);
    return std::move(*policy);
}

inline Dialect dialectOf(MediaType type, const Vector& wish, const std::string& source) {
    Dialect dialect;
    dialect.delimiter = wish.value("delimiter", ",").at(0);
    dialect.quoting = !wish.value("quote", "\"").empty();
    dialect.header = wish.value("header", true);
    dialect.encoding = wish.value("encoding", "UTF-8");
    if (wish.contains("records_at"))
        dialect.recordsAt = text(wish, "records_at");
    else if (type == MediaType::Json)
        dialect.recordsAt = dataset::findRecordsAt(*memorySource(source, "source")).value();
    return dialect;
}

/// The secrets of the vectors file, with or without its join key.
class VectorKeys {
public:
    explicit VectorKeys(bool withJoinKey) : m_dek(vectorDek()), m_join(secret(text(vectors().at("join_key"), "key"))) {
        keys.dek = &m_dek;
        keys.datasetId = text(vectors(), "dataset_id");
        if (withJoinKey) {
            keys.joinKey = &m_join;
            keys.joinVersion = vectors().at("join_key").at("version").get<std::uint32_t>();
        }
    }
    pipeline::Keys keys;

private:
    crypto::SecretBytes m_dek, m_join;
};

inline pipeline::EncryptRequest request(const std::string& mediaType, const Vector& dialect, const std::string& policy,
                                        const std::string& source, const pipeline::Keys& keys) {
    pipeline::EncryptRequest made;
    made.mediaType = mediaTypeFromText(mediaType).value();
    made.dialect = dialectOf(made.mediaType, dialect, source);
    made.policy = policyOf(policy);
    made.keys = keys;
    made.runId = vectorRun();
    return made;
}

/// What a caller of encryptDataset makes of its result, as far as a reader of the data needs it.
inline Manifest manifestOf(const pipeline::EncryptResult& result, const pipeline::EncryptRequest& request) {
    Manifest manifest;
    manifest.datasetId = request.keys.datasetId;
    manifest.keyVersion = request.keys.version;
    if (request.keys.joinKey != nullptr) {
        JoinKeyInfo join;
        join.id = "join";
        join.version = request.keys.joinVersion;
        join.commitment = crypto::joinCommitment(*request.keys.joinKey, join.id);
        manifest.joinKey = std::move(join);
    }
    manifest.runs = {result.run};
    manifest.content = {result.content};
    manifest.dataset = result.dataset;
    manifest.policy = result.policy;
    return manifest;
}

inline std::string say(const Failure& failure) {
    std::string said(stableId(failure.code));
    if (failure.where.record)
        said += " record " + std::to_string(*failure.where.record);
    if (!failure.where.field.empty())
        said += " field " + failure.where.field;
    if (failure.where.byte)
        said += " byte " + std::to_string(*failure.where.byte);
    for (const std::string& fact : failure.facts)
        said += " " + fact;
    return said;
}

template <class T>
std::string say(const Outcome<T>& outcome) {
    return outcome.ok() ? "ok" : say(outcome.error());
}

} // namespace sealwright::tests

#define SW_OK(outcome) QVERIFY2((outcome).ok(), sealwright::tests::say(outcome).c_str())
