#include "models/pipeline/encrypt.h"

#include "models/pipeline/encrypt_pass.h"

namespace sealwright::pipeline {
namespace {

class StoringPass final : public EncryptPass {
public:
    StoringPass(const ByteSource& source, ByteSink& sink, const EncryptRequest& request, const RunOptions& options)
        : EncryptPass(source, request, options), m_sink(sink) {}

    std::uint64_t size() const { return m_size; }
    std::string finishDigest() { return m_digest.finish(); }

protected:
    Outcome<void> take(std::string_view text, Item* done) override {
        if (auto written = m_sink.write(text); !written.ok())
            return written;
        m_digest.update(asBytes(text));
        m_size += text.size();
        return EncryptPass::take(text, done);
    }

private:
    ByteSink& m_sink;
    crypto::BlockDigest m_digest{crypto::datasetBlock};
    std::uint64_t m_size = 0;
};

} // namespace

Outcome<EncryptResult> encryptDataset(const ByteSource& source, ByteSink& sink, const EncryptRequest& request,
                                      const RunOptions& options) {
    StoringPass pass(source, sink, request, options);
    auto check = crypto::SourceCheck::make(crypto::deriveSourceKey(*request.keys.dek, request.runId));
    if (!check.ok())
        return fail(Failure(codeFor(check.error())));
    pass.sourceCheck = std::move(*check);
    if (auto prepared = pass.prepare(); !prepared.ok())
        return prepared.failed();
    if (auto done = pass.run(); !done.ok())
        return done.failed();
    auto dataset = pass.dataset();
    if (!dataset.ok())
        return dataset.failed();
    EncryptResult result;
    result.dataset = std::move(*dataset);
    result.run.runId = request.runId;
    result.run.commitment = crypto::commitment(*request.keys.dek, request.runId);
    result.run.records = pass.records();
    result.run.sourceCheck = pass.sourceCheck->finish();
    result.policy = request.policy;
    result.content.size = pass.size();
    result.content.digest = pass.finishDigest();
    return result;
}

} // namespace sealwright::pipeline
