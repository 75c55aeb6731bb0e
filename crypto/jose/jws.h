#pragma once
#include "crypto/keys/private_keys.h"

#include <string>
#include <vector>

// JWS and JWE, compact form, exactly as FORMAT.md §5 allows them.
namespace sealwright::crypto {

/// `typ` is one of the reserved names (`sealwright-job` …).
std::string signJws(std::string_view typ, std::string_view payload, const SigningKey& key);
/// Detached payload (RFC 7515 appendix F): `header..signature` over the payload's exact bytes.
std::string signDetached(std::string_view typ, std::string_view payload, const SigningKey& key);

struct VerifiedJws {
    std::string payload;
    std::string kid; ///< of the key that signed
};

/// BadEncoding, BadHeader (other alg or typ, further members), UnknownKey (kid not in `keys`), BadSignature.
Result<VerifiedJws> verifyJws(std::string_view jws, std::string_view typ, const std::vector<VerificationKey>& keys);
/// Gives the signer's kid.
Result<std::string> verifyDetached(std::string_view jws, std::string_view typ, std::string_view payload,
                                   const std::vector<VerificationKey>& keys);
/// The kid that a JWS names, nothing checked: only to say who it claims to be from, or to choose a key to show.
Result<std::string> claimedSigner(std::string_view jws);

/// RSA-OAEP-256 + A256GCM with exactly alg, enc, kid.
Result<std::string> encryptJwe(const SecretBytes& plaintext, const RecipientKey& recipient);
/// BadEncoding, BadHeader, UnknownKey (kid is not this key's), UnwrapFailed for all else.
Result<SecretBytes> decryptJwe(std::string_view jwe, const DecryptionKey& key);
/// The kid that a JWE names, nothing opened: only to choose which key to open it with. BadEncoding, BadHeader.
Result<std::string> claimedRecipient(std::string_view jwe);

} // namespace sealwright::crypto
