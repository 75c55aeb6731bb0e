#pragma once
#include "models/domain/policy.h"

// The words of FORMAT.md §3 that more than one document uses.
namespace sealwright {

std::string_view toText(Algorithm algorithm); ///< "AES-256-GCM", "ChaCha20-Poly1305"
std::optional<Algorithm> algorithmFromText(std::string_view text);
std::string_view toText(EmptyRule rule); ///< "keep", "encrypt"
/// digits, lower, upper, alnum, alnum-upper, hex-lower (FORMAT.md §2)
bool isAlphabet(std::string_view name);

} // namespace sealwright
