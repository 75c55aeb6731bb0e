#include "models/pipeline/decrypt.h"

#include "models/pipeline/decrypt_pass.h"

namespace sealwright::pipeline {
namespace {

class RestoringPass final : public DecryptPass {
public:
    RestoringPass(const ByteSource& stored, ByteSink* sink, const Manifest& manifest, const RunOptions& options)
        : DecryptPass(stored, manifest, options), m_sink(sink) {}

protected:
    Outcome<void> take(std::string_view text, Item* done) override {
        if (m_sink != nullptr) {
            if (auto written = m_sink->write(text); !written.ok())
                return written;
        }
        return DecryptPass::take(text, done);
    }

private:
    ByteSink* m_sink;
};

} // namespace

Outcome<DecryptResult> decryptDataset(const ByteSource& stored, ByteSink* sink, const Manifest& manifest,
                                      const Keys& keys, const RunOptions& options) {
    RestoringPass pass(stored, sink, manifest, options);
    if (auto prepared = pass.prepare(keys); !prepared.ok())
        return prepared.failed();
    if (auto done = pass.run(); !done.ok())
        return done.failed();
    return pass.result();
}

Outcome<DecryptResult> lookThroughDataset(const ByteSource& stored, const Manifest& manifest,
                                          const RunOptions& options) {
    RestoringPass pass(stored, nullptr, manifest, options);
    if (auto prepared = pass.prepareKeyless(); !prepared.ok())
        return prepared.failed();
    if (auto done = pass.run(); !done.ok())
        return done.failed();
    return pass.result();
}

} // namespace sealwright::pipeline
