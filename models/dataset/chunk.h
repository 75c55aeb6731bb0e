#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sealwright::dataset {

/// Bytes [begin, end) of a text that is known from the context. A chunk is far below 4 GiB.
struct Span {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t size() const { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

/// A piece of a source that can be worked on alone. The bytes of all chunks, in order of their sequence, are the
/// source, byte for byte. Owned by whoever asked for it and meant to be reused: its buffers keep their capacity.
struct Chunk {
    enum class Kind {
        Verbatim,  ///< holds no values and is valid: a BOM, brackets and white space around an array of records
        CsvHeader, ///< the header line with its line end
        Records,   ///< whole records and what stands between them
        Envelope,  ///< JSON around the records (paths `$.`, row 0); at most two, one before and one behind all Records
    };
    Kind kind = Kind::Verbatim;
    std::uint64_t sequence = 0; ///< 0, 1, 2, … without gaps
    std::uint64_t offset = 0;   ///< of `bytes` in the source
    std::string bytes;
    std::uint64_t firstRow = 0; ///< number of the first record here, from 0
    std::uint64_t rows = 0;     ///< records here

    /// JSON and JSON Lines: where each record stands in `bytes`, white space around it included; `rows` of them. Every
    /// byte outside is a separator and already known to be valid. Empty with CSV.
    std::vector<Span> records;
    unsigned depth = 0; ///< JSON: containers open around each record of a Records chunk
    /// Envelope: `before` + `bytes` + `after` is one JSON object in which the records' array is empty.
    /// JsonReader::joinEnvelope takes care of it; both are no part of the source.
    std::string before, after;
};

} // namespace sealwright::dataset
