#pragma once
#include "crypto/stream/digest.h"
#include "models/dataset/splitter.h"
#include "models/pipeline/ordered_run.h"

#include <chrono>

namespace sealwright::pipeline {

/// Tells about progress at most 20 times a second, and at the end.
class ProgressMeter {
public:
    ProgressMeter(const ProgressFn& tell, std::uint64_t total) : m_tell(tell) { m_now.total = total; }
    void at(std::uint64_t done, std::uint64_t records);
    void finish();
    std::uint64_t records() const { return m_now.records; }

private:
    const ProgressFn& m_tell;
    Progress m_now;
    std::chrono::steady_clock::time_point m_last{};
};

/// What every pass over a file shares: the file is split, its bytes are checked on the way if wished, progress is told,
/// and failures get the file's name. `source` and `options` outlive it.
class SourcePass : public Pass {
public:
    SourcePass(const ByteSource& source, const RunOptions& options)
        : m_source(source),
          m_options(options),
          m_progress(options.progress, source.size()),
          m_budget(Budget::of(threadCount(options.threads), options.memory)) {}

    Outcome<void> open(MediaType type, const Dialect& dialect, std::optional<bool> blankLinesAreRecords = std::nullopt);
    /// Runs to the end. The file must be the same before and after (DataChangedWhileRead).
    Outcome<void> run();

    Outcome<bool> read(Item& item) final;
    Outcome<void> deliver(std::string_view text, Item* done) final;

    std::uint64_t records() const { return m_progress.records(); }
    unsigned workers() const { return threadCount(m_options.threads); }

    /// Fed with the file's bytes in order where they are set before run().
    std::optional<crypto::SourceCheck> sourceCheck;
    std::optional<crypto::BlockDigest> digest;
    std::optional<crypto::Sha256> sha256;

protected:
    /// The rest of deliver().
    virtual Outcome<void> take(std::string_view text, Item* done) = 0;
    const ByteSource& m_source;
    const RunOptions& m_options;

private:
    ProgressMeter m_progress;
    const Budget m_budget;
    std::unique_ptr<dataset::RecordSplitter> m_splitter;
    unsigned m_envelopeParts = 0;
};

/// The failure with the file's name, where it has none yet.
Failure inFile(Failure failure, const ByteSource& source);

} // namespace sealwright::pipeline
