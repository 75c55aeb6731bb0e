#pragma once
#include "models/domain/time.h"

#include <string>

namespace sealwright::platform {

/// An S3 server and who signs there.
struct Storage {
    std::string endpoint, region, accessKey, secretKey;
};

/// A URL that lets whoever has it do `verb` on one object (or, where `object` is empty, on the bucket) for a while:
/// Signature Version 4 in the query, path style, payload unsigned.
std::string presign(const Storage& storage, const std::string& verb, const std::string& bucket,
                    const std::string& object, int seconds, Instant now);

} // namespace sealwright::platform
