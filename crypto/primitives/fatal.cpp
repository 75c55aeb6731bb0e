#include "crypto/primitives/fatal.h"

#include <cstdlib>

namespace sealwright::crypto {

void libraryUnusable() {
    std::abort();
}

} // namespace sealwright::crypto
