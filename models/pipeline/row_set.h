#pragma once
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sealwright::pipeline {

/// Which rows a run has shown so far. Rows that come in order and without gaps take next to no memory; any others two
/// bytes each, or a bit where they are dense.
class RowSet {
public:
    /// False where the row was there already.
    bool insert(std::uint64_t row);

private:
    static constexpr std::size_t pageRows = 1u << 16;
    static constexpr std::size_t sparseLimit = 4096;
    struct Page {
        std::vector<std::uint16_t> sparse; ///< ascending; while there are few
        std::unique_ptr<std::vector<bool>> dense;
        std::size_t count = 0; ///< pageRows: full, nothing else is kept
    };
    std::unordered_map<std::uint64_t, Page> m_pages;
    std::uint64_t m_begin = 0, m_end = 0; ///< the stretch that grows at its end
};

} // namespace sealwright::pipeline
