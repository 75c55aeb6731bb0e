#pragma once
#include "crypto/base/control_json.h"
#include "crypto/base/error.h"

#include <array>
#include <string>
#include <vector>

// Public halves as JWK (RFC 7517, RFC 7638, RFC 8037; FORMAT.md §1).
namespace sealwright::crypto {

/// RSA of exactly 3072 or 4096 bits with e = 65537, for wrapping. Immutable, cheap to copy, safe on any thread.
struct RecipientKey {
    Bytes modulus;   ///< big-endian, no leading zero; 384 or 512 bytes
    std::string kid; ///< RFC 7638 SHA-256 thumbprint, b64; made from the key, never taken on trust
    static Result<RecipientKey> fromModulus(ByteView modulus, ByteView exponent);
};

/// Ed25519, for checking signatures.
struct VerificationKey {
    std::array<Byte, 32> x{};
    std::string kid;
    static Result<VerificationKey> fromRaw(ByteView x);
};

struct JwkSet {
    std::vector<RecipientKey> enc;
    std::vector<VerificationKey> sig;
};

/// A member that FORMAT.md §1 does not list, or a kid that is not the key's: BadKey. Grammar: BadEncoding.
Result<JwkSet> jwkSetFromJson(const Json& set);
/// One JWK, read into the list it belongs to.
Result<JwkSet> jwkFromJson(const Json& jwk);
Json toJson(const JwkSet& set);
Json toJson(const RecipientKey& key);
Json toJson(const VerificationKey& key);
/// SubjectPublicKeyInfo, "PUBLIC KEY".
Result<JwkSet> publicKeyFromPem(std::string_view pem);

/// The fingerprint's six words (FORMAT.md §10), joined by single spaces. BadEncoding where `kid` is not b64 of 32
/// bytes.
Result<std::string> fingerprintWords(std::string_view kid);

} // namespace sealwright::crypto
