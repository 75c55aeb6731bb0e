#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/cancel.h"

namespace sealwright::s3 {

/// SHA-256 of a slice of a source: in base64 (RFC 4648 §4), as the store wants it, and in hex.
struct SliceHash {
    std::string base64, hex;
};
/// Cancelled, DataChangedWhileRead where the source ends before the slice, what the source fails with.
Outcome<SliceHash> hashSlice(const ByteSource& source, std::uint64_t offset, std::uint64_t length,
                             const Cancel& cancel);

/// Between the two forms of a digest.
std::string base64OfHex(const std::string& hex);
std::string hexOfBase64(const std::string& base64);

/// What a store that was sent these parts has to say of the whole object.
struct PartsDigest {
    std::string sha256; ///< base64 of the digest of the parts' digests, "-N" behind it
    std::string etag;   ///< quotes included; empty where a part's ETag is no MD5, as with encryption at the store
};
/// `hashes` in hex, `etags` as the store wrote them; both in the parts' order.
PartsDigest digestOfParts(const std::vector<std::string>& hashes, const std::vector<std::string>& etags);

} // namespace sealwright::s3
