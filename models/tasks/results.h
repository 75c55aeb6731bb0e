#pragma once
#include "models/tasks/dataset_files.h"
#include "models/tasks/registering.h"

// Datasets returned to this machine (FORMAT.md §8, last part).
namespace sealwright {

Outcome<std::vector<ResultEntry>> listResults(const Services& services, TaskContext& context);

/// Downloaded into a sealed spool, checked and ready to be looked at: no plaintext on disk.
struct OpenedResult {
    ResultEntry entry;
    Manifest manifest;
    std::string manifestText, signatureText, signerKid, signerName;
    std::shared_ptr<ByteSource> stored;
    std::shared_ptr<DatasetKeys> keys;
    pipeline::DecryptResult read; ///< from one full verifying pass
};
/// Signed by a pinned platform key or this machine, else AuthUnknownSigner, AuthBadSignature. DocumentInvalid where it
/// is no dataset, KeyNotForThis where it is not sealed for this machine, AuthAltered where the data is not what was
/// signed, also where there is more of it.
Outcome<OpenedResult> openResult(const Services& services, const ResultEntry& entry, TaskContext& context);
/// The restored file; its name is made here ("<result id>.csv"). FileExists unless replace. Returns the path.
Outcome<std::string> saveResult(const Services& services, const OpenedResult& result, const std::string& target,
                                bool replace, TaskContext& context);
/// The three files as they came, into a folder, together or not at all; FileExists unless replace. Returns the data
/// file's path.
Outcome<std::string> saveSealed(const OpenedResult& result, const std::string& folder, bool replace,
                                TaskContext& context);

} // namespace sealwright
