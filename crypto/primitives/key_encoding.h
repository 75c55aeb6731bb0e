#pragma once
#include "crypto/base/error.h"
#include "crypto/base/secret.h"
#include "crypto/primitives/openssl.h"
#include "crypto/primitives/rsa.h"

// Between encoded keys and OpenSSL's key objects. Included by the .cpp files of this folder alone.
namespace sealwright::crypto {

/// An unencrypted PKCS#8 structure and nothing after it. BadEncoding; BadKey where the key is neither RSA nor Ed25519:
/// of other kinds a short one may take minutes to load.
Result<EvpKey> keyFromPkcs8(ByteView der);
/// Empty where the library fails.
SecretBytes keyToPkcs8(const EVP_PKEY* key);
/// Of an RSA key, public or private.
RsaPublicNumbers rsaNumbersOf(const EVP_PKEY* key);

} // namespace sealwright::crypto
