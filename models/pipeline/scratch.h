#pragma once
#include "crypto/base/secret.h"

#include <string>

// Buffers that a worker uses again and again: a long value must not leave its length behind in each of them.
namespace sealwright::pipeline {

inline constexpr std::size_t keptScratch = 256u << 10;

inline void giveBack(std::string& scratch) {
    if (scratch.capacity() > keptScratch)
        std::string().swap(scratch);
}

inline void giveBack(crypto::SecretBytes& scratch) {
    if (scratch.size() > keptScratch)
        scratch = crypto::SecretBytes();
}

} // namespace sealwright::pipeline
