#pragma once
#include "app/s3/upload_calls.h"

// The end of an upload, as sure as the store lets us be of it.
namespace sealwright::s3 {

/// Completes the upload and sees to an answer that was lost, or that was the first of two: then the object is there, is
/// what these parts make, and only the upload is gone. `parts` are all of them, in order.
Outcome<ObjectFacts> completeSurely(const Target& target, const std::string& uploadId,
                                    const std::vector<StoredPart>& parts, const Cancel& cancel);

/// What is there now must be what was put: size and ETag. StorageChecksum.
Outcome<ObjectFacts> confirm(const Target& target, const ObjectFacts& stored, const Cancel& cancel);

/// Is that, as far as the store says, what these parts make?
bool isMadeOf(const StoredObject& there, const std::vector<StoredPart>& parts);

} // namespace sealwright::s3
