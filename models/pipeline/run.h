#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/cancel.h"
#include "models/domain/manifest.h"
#include "models/domain/pause.h"
#include "models/pipeline/budget.h"

#include <functional>

// What every pass shares: progress, threads, what is reported rather than refused.
namespace sealwright::pipeline {

struct Progress {
    std::uint64_t done = 0, total = 0; ///< bytes of the input whose results are committed to the sink, in order
    std::uint64_t records = 0;
};
/// Called from the pass's own threads, at most about 20 times a second, and once at the end.
using ProgressFn = std::function<void(const Progress&)>;

struct RunOptions {
    unsigned threads = 0;               ///< 0: as many as the machine has; 1: serial, in the caller's thread
    std::size_t blockSize = 1u << 20;   ///< bytes read at once, at most; tests make it tiny
    std::size_t memory = Budget::whole; ///< for what is at work at one time; what fields take comes on top
    ProgressFn progress;
    Cancel cancel;
    Pause pause = {}; ///< no block is read while it is on
};

/// The secrets of one pass. Borrowed: they outlive the call.
struct Keys {
    const crypto::SecretBytes* dek = nullptr;
    const crypto::SecretBytes* joinKey = nullptr; ///< null where the manifest has none
    std::uint32_t version = 1;                    ///< key.version
    std::uint32_t joinVersion = 1;                ///< the join key's; unused without one
    std::string datasetId;                        ///< the default join domain
};

/// What a reader reports and goes on (FORMAT.md §2 "Reading").
struct Finding {
    enum class Kind {
        RowsDisagree,
        RowTwice,
        RowsNotAscending,
        UnknownField,
        OrdinalsNotInOrder,
        RecordCountDiffers,
        TokenCountDiffers,
        SourceCheckDiffers,
        ChangedSinceSigned,
        UnknownSigner
    };
    Kind kind;
    Where where;
};
/// "rows-disagree" … stable, for scripts.
std::string_view stableId(Finding::Kind kind);

} // namespace sealwright::pipeline
