#pragma once
#include "tests/pipeline/pipeline_support.h"
#include "tests/support/vector_keys.h"
#include "tests/support/vector_rows.h"

// The cases of the vectors file as requests to the pipeline.
namespace sealwright::tests {

using nlohmann::json;

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

} // namespace sealwright::tests
