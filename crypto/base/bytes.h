#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The three ways bytes are handed around: owned, looked at, written into. Data text (CSV, JSON, tokens) is std::string
// and std::string_view; it need not be valid in any encoding.
namespace sealwright {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteView = std::span<const Byte>;
using MutableBytes = std::span<Byte>;

inline ByteView asBytes(std::string_view text) {
    return {reinterpret_cast<const Byte*>(text.data()), text.size()};
}

inline std::string_view asText(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace sealwright
