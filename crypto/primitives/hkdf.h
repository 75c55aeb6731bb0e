#pragma once
#include "crypto/base/secret.h"

namespace sealwright::crypto {

/// HKDF-SHA-256 (RFC 5869), extract and expand; an empty salt means 32 zero bytes. Empty where `length` is
/// more than 255 * 32. `info`
/// may have any length (OpenSSL's own HKDF stops at about a kilobyte, a field path need not).
SecretBytes hkdfSha256(ByteView inputKey, ByteView salt, ByteView info, std::size_t length);

} // namespace sealwright::crypto
