#pragma once
#include "models/dataset/records_at.h"
#include "models/pipeline/decrypt.h"
#include "models/pipeline/encrypt.h"

#include <QTest>
#include <stdexcept>

// What the pipeline's tests share: keys, requests, manifests out of results.
namespace sealwright::tests {

inline pipeline::RunOptions runOptions(unsigned threads, std::size_t blockSize) {
    pipeline::RunOptions options;
    options.threads = threads;
    options.blockSize = blockSize;
    return options;
}

/// Serial, threaded, and with blocks so small that everything is cut everywhere.
inline std::vector<pipeline::RunOptions> everyWay() {
    return {runOptions(1, 1u << 20), runOptions(1, 1), runOptions(2, 1), runOptions(5, 2), runOptions(3, 7)};
}

inline Policy policyOf(const std::string& text) {
    auto policy = parsePolicy(text);
    if (!policy.ok())
        throw std::runtime_error("no policy: " + text);
    return std::move(*policy);
}

/// Keys that serve tests alone, with or without a join key.
class TestKeys {
public:
    explicit TestKeys(bool withJoinKey = false) : m_dek(32), m_join(32) {
        for (std::size_t i = 0; i < 32; ++i) {
            m_dek.revealMutable()[i] = static_cast<Byte>(i);
            m_join.revealMutable()[i] = static_cast<Byte>(64 + i);
        }
        keys.dek = &m_dek;
        keys.datasetId = "3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f";
        if (withJoinKey) {
            keys.joinKey = &m_join;
            keys.joinVersion = 3;
        }
    }
    pipeline::Keys keys;

private:
    crypto::SecretBytes m_dek, m_join;
};

inline crypto::RunId runNumber(Byte number) {
    crypto::RunId run{};
    run.fill(number);
    return run;
}

inline pipeline::EncryptRequest request(const std::string& mediaType, const std::string& policy,
                                        const pipeline::Keys& keys) {
    pipeline::EncryptRequest made;
    made.mediaType = mediaTypeFromText(mediaType).value();
    made.policy = policyOf(policy);
    made.keys = keys;
    made.runId = runNumber(1);
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

#define SW_OK(outcome)                                                                                                 \
    do {                                                                                                               \
        const auto& swOutcome = (outcome);                                                                             \
        QVERIFY2(swOutcome.ok(), sealwright::tests::say(swOutcome).c_str());                                           \
    } while (false)
