#pragma once
#include "crypto/base/bytes.h"
#include "crypto/base/error.h"

// base64url without padding (RFC 4648 §5), strict both ways (FORMAT.md, "Words").
namespace sealwright::crypto {

constexpr std::size_t b64Length(std::size_t bytes) {
    return (bytes * 4 + 2) / 3;
}

std::string b64Encode(ByteView bytes);
/// Appends; nothing is allocated where `out` has room. For the hot path.
void b64Append(ByteView bytes, std::string& out);
/// Writes b64Length(bytes.size()) characters to `to`; `bytes` may lie at the end of just that room.
void b64EncodeInPlace(ByteView bytes, char* to);

/// BadEncoding on padding, white space, another alphabet, a length of 4n+1, or non-zero trailing bits.
Result<Bytes> b64Decode(std::string_view text);
/// The same into a buffer of at least text.size() * 3 / 4 bytes; gives the number of bytes written.
Result<std::size_t> b64DecodeInto(std::string_view text, MutableBytes out);

} // namespace sealwright::crypto
