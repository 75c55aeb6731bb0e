#pragma once
#include "crypto/base/error.h"
#include "crypto/base/secret.h"
#include "crypto/primitives/ed25519.h"
#include "crypto/primitives/rsa.h"

#include <optional>

// Keys as PEM text. Lines before a block are passed over; the first block is the one that is read, and must be of the
// kind asked for.
namespace sealwright::crypto {

/// "ENCRYPTED PRIVATE KEY": PBES2, scrypt with N = 2^14, r = 8, p = 5 and a salt of 16 bytes, AES-256-CBC
/// (FORMAT.md §11). `der` is an unencrypted PKCS#8. BadEncoding where it is not, LibraryFailure.
Result<std::string> pkcs8ToEncryptedPem(ByteView der, ByteView passphrase);

/// The PKCS#8 DER out of "PRIVATE KEY" or "ENCRYPTED PRIVATE KEY". Of encryptions it takes PBES2 alone, with at most
/// 2,000,000 rounds of PBKDF2, and for scrypt at most 32 MB and eight times the work of our own. WrongPassphrase,
/// BadEncoding.
Result<SecretBytes> pkcs8FromPem(std::string_view pem, ByteView passphrase);

/// What a "PUBLIC KEY" block holds: exactly one of the two.
struct PublicNumbers {
    std::optional<RsaPublicNumbers> rsa;
    std::optional<Ed25519Public> ed25519;
};

/// BadEncoding, BadKey (neither RSA nor Ed25519).
Result<PublicNumbers> publicNumbersFromPem(std::string_view pem);

} // namespace sealwright::crypto
