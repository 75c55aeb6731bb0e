#include "crypto/primitives/random.h"

#include "crypto/primitives/fatal.h"

#include <openssl/rand.h>

namespace sealwright::crypto {

void fillRandom(MutableBytes out) {
    if (!out.empty() && RAND_priv_bytes(out.data(), static_cast<int>(out.size())) != 1) {
        libraryUnusable();
    }
}

} // namespace sealwright::crypto
