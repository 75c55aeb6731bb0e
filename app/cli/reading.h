#pragma once
#include "app/cli/invocation.h"
#include "models/tasks/dataset_files.h"

// What `decrypt` and `verify` share: a dataset, its manifest and its signature, and who may have signed it.
namespace sealwright::cli {

struct DatasetInputs {
    ReadFileRequest request;
    std::optional<crypto::DecryptionKey> key; ///< request.key points here where one was given
};
/// DATA, --manifest M (default DATA.manifest.json), the signature beside the manifest, --key, --signer, --any-signer.
Outcome<std::unique_ptr<DatasetInputs>> datasetInputs(Invocation& call, const std::string& data);

/// Findings, signer and source check as lines and for --json.
void sayRead(Invocation& call, const ReadFileResult& result);
crypto::JsonObject readJson(const ReadFileResult& result);

} // namespace sealwright::cli
