#pragma once
#include "models/pipeline/encrypt.h"

namespace sealwright::pipeline {

struct CheckResult {
    std::uint64_t values = 0;   ///< every value of every field
    std::uint64_t compared = 0; ///< opened again (or computed again, or found kept) and equal to the source's
    std::string sha256;         ///< plain, of the stored bytes, hex
};

/// Reads the finished file again beside its source: restorable values are opened and equal (deterministic: decoded
/// text), pseudonyms and masks are computed again, kept values are equal, dropped ones are gone; the digest is the one
/// written. JobCheckFailed with the place of the first difference.
Outcome<CheckResult> checkAgainstSource(const ByteSource& source, const ByteSource& stored,
                                        const EncryptRequest& request, const EncryptResult& written,
                                        const RunOptions& options);

} // namespace sealwright::pipeline
