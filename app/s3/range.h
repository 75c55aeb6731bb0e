#pragma once
#include "app/s3/upload_calls.h"

namespace sealwright::s3 {

/// The bytes [begin, end) of a pinned object. What broke off goes on behind what has come. StorageChanged where the
/// object is another by now, StorageFailed where the store does not keep to ranges, Network…, Cancelled.
Outcome<std::string> fetchRange(const Target& target, const ObjectFacts& pinned, std::uint64_t begin, std::uint64_t end,
                                const Cancel& cancel);

} // namespace sealwright::s3
