#pragma once
#include <cstddef>
#include <string_view>

namespace sealwright::crypto {

/// Length of the well-formed UTF-8 sequence (no surrogate, no overlong form, at most U+10FFFF) that begins at `at`;
/// 0 where there is none. `at` < text.size().
std::size_t utf8SequenceLength(std::string_view text, std::size_t at);

} // namespace sealwright::crypto
