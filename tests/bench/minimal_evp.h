#pragma once
#include <array>
#include <cstdint>
#include <string>

namespace sealwright::bench {

using FieldKey = std::array<unsigned char, 32>; ///< already derived
using FieldKeys = std::array<FieldKey, 4>;      ///< in the order of sealedColumns

/// The least that a program must do to seal the four columns of writeTable()'s file as this one does, by hand: one
/// thread a core, chunks of a MiB, OpenSSL's EVP with a context a field that is kept (only the IV is set for a value),
/// base64 by a table, pwrite where the chunk belongs. It neither digests nor counts nor checks nor knows policies, and
/// takes well-formed input for granted. Its output is byte for byte what the real pipeline writes. Gives the number of
/// sealed values; 0 where a file cannot be read or written.
std::uint64_t sealMinimal(const std::string& source, const std::string& target, const FieldKeys& keys,
                          unsigned threads);

} // namespace sealwright::bench
