#pragma once
#include <array>
#include <string_view>

namespace sealwright::crypto {

/// The English word list of BIP-39, in its order: 2,048 words, 11 bits each. From the Python package "mnemonic" by
/// SatoshiLabs (MIT licence). The words, each with a line end, have the SHA-256
/// 2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda.
extern const std::array<std::string_view, 2048> englishWords;

} // namespace sealwright::crypto
