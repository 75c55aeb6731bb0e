#pragma once
#include "models/pipeline/run.h"

namespace sealwright::pipeline {

struct EncryptRequest {
    MediaType mediaType = MediaType::Csv;
    Dialect dialect; ///< complete (sniffed or given)
    Policy policy;
    Keys keys;
    crypto::RunId runId{}; ///< fresh for this pass (FORMAT.md §1)
};

struct EncryptResult {
    DatasetInfo dataset;  ///< as the manifest has it
    RunInfo run;          ///< with records, commitment and source check
    Policy policy;        ///< as carried out
    ContentEntry content; ///< name left empty; size and digest of what was written
};

/// One pass over `source`: every leaf gets its action, all other bytes are copied; the same bytes come out whatever
/// threads and block size are. Memory stays flat. The first failure (in the order of the source) wins; `sink` then
/// holds a part that the caller must drop. PolicyPathNotThere lists the paths there are.
Outcome<EncryptResult> encryptDataset(const ByteSource& source, ByteSink& sink, const EncryptRequest& request,
                                      const RunOptions& options);

/// The first `records` records (fewer where there are thousands of paths, one at least) as they are and as they will
/// leave, by the real pipeline under a throw-away run id. The two texts hold the same records; nothing of it is stored
/// or sent.
struct Preview {
    std::vector<std::string> paths; ///< leaves, in order of first appearance
    struct Cell {
        std::string text; ///< for display: decoded, at most 200 characters
        bool present = false;
        bool isNull = false;
    };
    std::vector<std::vector<Cell>> before,
        after; ///< one row a record, one cell a path (the first value of a repeated path)
};
Outcome<Preview> previewDataset(const ByteSource& source, const EncryptRequest& request, std::size_t records);

} // namespace sealwright::pipeline
