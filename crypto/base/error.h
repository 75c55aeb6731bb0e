#pragma once
#include "crypto/base/result.h"

namespace sealwright::crypto {

/// Why a primitive, a key, a token, a stream or a signed document was refused. Closed: models/domain maps each to a
/// stable code. None of them carries a value, a key or a position inside a plaintext.
enum class Error {
    BadEncoding,  ///< b64, PEM, DER, JSON or a token's own grammar is not as written in FORMAT.md
    BadKey,       ///< a key of another type, size or exponent than FORMAT.md §1 allows, or a kid that is not its key's
    UnwrapFailed, ///< a wrapped key did not open; every reason is this one (FORMAT.md §1)
    NotAuthentic, ///< tag, SIV, MAC or commitment differs
    WrongField,   ///< a token of another mode or version than the field has
    BadPlaintext, ///< authentic, but type, padding or body break FORMAT.md §2
    NotInDomain,  ///< FPE: a value that FF1 or the rule cannot take
    Undecodable,  ///< text that its encoding lacks, or a lone surrogate
    LimitReached, ///< a counter of 2^48 (rows, ordinals), a segment count or a length is used up
    Truncated,    ///< a stream that ends without its last segment
    TrailingData, ///< a stream that goes on after its last segment
    BadHeader,    ///< a JWS or JWE header other than FORMAT.md §5 allows
    UnknownKey,   ///< signed or wrapped for a kid that is not in the list given
    BadSignature, ///< the signature does not fit
    WrongPassphrase, ///< an encrypted PKCS#8 block did not open
    LibraryFailure,  ///< the crypto library failed where it must not (out of memory, no entropy)
};

template <class T>
using Result = sealwright::Result<T, Error>;

inline Err<Error> fail(Error reason) {
    return Err<Error>(reason);
}

} // namespace sealwright::crypto
