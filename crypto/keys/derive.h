#pragma once
#include "crypto/base/error.h"
#include "crypto/base/secret.h"

#include <array>
#include <optional>
#include <string_view>

// Every derivation of FORMAT.md §1, and the commitments.
namespace sealwright::crypto {

using RunId = std::array<Byte, 16>;
enum class Mode : char { Gcm = 'g', ChaCha = 'c', Siv = 's', Fpe = 'f', Pseudonym = 'h' };

RunId freshRunId();     ///< 16 bytes from the OS. For one pass over one source.
SecretBytes freshDek(); ///< 32 bytes from the OS.

/// Modes g and c: from the DEK, salted with the run id; `path` in UTF-8. 32 bytes.
SecretBytes deriveFieldKey(const SecretBytes& dek, const RunId& run, Mode mode, std::string_view path);
/// Modes s (64 bytes), f and h (32): from J (join key or DEK), salted with the join salt of `domain`; `name` is the
/// rule's join_as, else the path.
SecretBytes deriveJoinFieldKey(const SecretBytes& j, std::string_view domain, Mode mode, std::string_view name);
SecretBytes derivePayloadKey(const SecretBytes& dek, const RunId& run, std::string_view payloadName);
SecretBytes deriveSourceKey(const SecretBytes& dek, const RunId& run);

Bytes commitment(const SecretBytes& dek, const RunId& run);
Bytes joinCommitment(const SecretBytes& joinKey, std::string_view id);
Bytes fieldCommitment(const SecretBytes& fieldKey, const RunId& run);

} // namespace sealwright::crypto
