#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace sealwright::pipeline {

/// Which rows a run has shown so far. Rows that come in order and without gaps take next to no memory; any others a bit
/// each where they are dense, and else as many bytes as the way to the next one has (two for gaps of thousands, at most
/// eight for rows all over 2^48) and one more.
class RowSet {
public:
    /// False where the row was there already.
    bool insert(std::uint64_t row);

private:
    /// Some rows, ascending. The first one is its key; each further one is its distance from the one before.
    struct Chunk {
        std::uint64_t last = 0;
        std::size_t count = 1;
        std::string gaps; ///< seven bits a byte, the lowest first; the eighth says that more follow
    };
    using Chunks = std::map<std::uint64_t, Chunk>;
    /// A bit each for rows that lie close together.
    struct Page {
        std::vector<bool> rows;
        std::size_t count = 0; ///< pageRows: full, and `rows` is not kept
    };
    static constexpr std::uint64_t pageRows = 1u << 16;
    static constexpr std::size_t mostInChunk = 256;
    static constexpr std::size_t denseFrom = 4096; ///< rows of one page

    static std::vector<std::uint64_t> rowsOf(const Chunks::value_type& chunk);
    static Chunk packed(const std::uint64_t* rows, std::size_t count);
    bool isInChunk(std::uint64_t row) const;
    void addToChunk(std::uint64_t row);
    void makeDense(std::uint64_t pageNumber);

    Chunks m_chunks; ///< all but the last are at least half full
    std::unordered_map<std::uint64_t, Page> m_pages;
    std::uint64_t m_begin = 0, m_end = 0; ///< the stretch that grows at its end
};

} // namespace sealwright::pipeline
