#include "models/pipeline/decrypt.h"
#include "models/pipeline/source_pass.h"

namespace sealwright::pipeline {
namespace {

/// Hashes the blocks of a file side by side; the plain hash, where wished, is made in order.
class ContentPass final : public Pass {
public:
    ContentPass(const ByteSource& stored, bool withSha256, const RunOptions& options)
        : m_stored(stored), m_progress(options.progress, stored.size()) {
        if (withSha256)
            m_sha256.emplace();
    }

    Outcome<bool> read(Item& item) override {
        if (m_offset >= m_stored.size())
            return false;
        item.chunk.offset = m_offset;
        m_offset += crypto::datasetBlock;
        return true;
    }

    Outcome<void> work(unsigned, Item& item, Output& out) override {
        const std::uint64_t left = m_stored.size() - item.chunk.offset;
        auto& bytes = item.chunk.bytes;
        bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, crypto::datasetBlock)));
        const MutableBytes into(reinterpret_cast<Byte*>(bytes.data()), bytes.size());
        auto got = m_stored.readAt(item.chunk.offset, into);
        if (!got.ok())
            return got.failed();
        if (*got != bytes.size())
            return fail(inFile(Failure(Code::DataChangedWhileRead), m_stored));
        out.text = asText(crypto::sha256(into));
        return {};
    }

    Outcome<void> deliver(std::string_view text, Item* done) override {
        crypto::Sha256Digest hash{};
        std::copy(text.begin(), text.end(), hash.begin());
        m_digest.addBlock(hash);
        if (m_sha256)
            m_sha256->update(asBytes(done->chunk.bytes));
        m_progress.at(done->chunk.offset + done->chunk.bytes.size(), 0);
        return {};
    }

    ContentEntry finish() {
        m_progress.finish();
        ContentEntry entry;
        entry.size = m_stored.size();
        entry.digest = m_digest.finish();
        if (m_sha256)
            entry.sha256 = crypto::hexLower(m_sha256->finish());
        return entry;
    }

private:
    const ByteSource& m_stored;
    ProgressMeter m_progress;
    std::uint64_t m_offset = 0;
    crypto::BlockDigest m_digest{crypto::datasetBlock};
    std::optional<crypto::Sha256> m_sha256;
};

} // namespace

Outcome<ContentEntry> describeContent(const ByteSource& stored, bool withSha256, const RunOptions& options) {
    ContentPass pass(stored, withSha256, options);
    // Each worker holds a whole block; beyond some number of them the bytes do not come faster.
    constexpr unsigned mostWorkers = 16;
    const unsigned workers = std::min(threadCount(options.threads), mostWorkers);
    if (auto done = runOrdered(pass, workers, Budget::of(workers, options.memory), options.cancel, options.pause);
        !done.ok())
        return done.failed();
    return pass.finish();
}

Outcome<bool> contentMatches(const ByteSource& stored, const ContentEntry& entry, const RunOptions& options) {
    if (stored.size() != entry.size)
        return false;
    auto found = describeContent(stored, entry.sha256.has_value(), options);
    if (!found.ok())
        return found.failed();
    return found->digest == entry.digest && found->sha256 == entry.sha256;
}

} // namespace sealwright::pipeline
