#pragma once
#include "crypto/base/bytes.h"

namespace sealwright::crypto {

/// Fills with bytes from the OS's generator, as OpenSSL's private DRBG draws them. Ends the process where there are
/// none.
void fillRandom(MutableBytes out);

} // namespace sealwright::crypto
