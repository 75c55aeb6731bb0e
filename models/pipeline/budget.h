#pragma once
#include <algorithm>
#include <cstddef>

namespace sealwright::pipeline {

/// How the memory of a pass is shared out, so that it takes the same whatever the number of its threads. All in bytes.
struct Budget {
    static constexpr std::size_t whole = 64u << 20; ///< of one pass that has the process to itself
    static constexpr std::size_t mostBlock = 1u << 20, mostPiece = 4u << 20;

    std::size_t block = mostBlock;  ///< read at once, at most
    std::size_t piece = mostPiece;  ///< of text that a worker gathers before it hands it over
    std::size_t atWork = whole / 2; ///< of chunks that are read and not delivered yet

    /// A buffer with more room than that is given back once it is empty. It is a little more than it takes to hold what
    /// is usual: a std::string doubles as it grows.
    std::size_t keptChunk() const { return 2 * block + (64u << 10); }
    std::size_t keptText() const { return 2 * piece; }

    /// Chunks on their way at a time: enough that no worker waits for the one that delivers.
    static constexpr std::size_t slots(unsigned threads) { return threads + threads / 2 + 2; }

    /// Workers that there is room for where each knows so many fields: what it keeps of a field may not take more than
    /// a pass does for everything else.
    static constexpr unsigned workersFor(std::size_t fields, std::size_t bytes = whole) {
        constexpr std::size_t fieldBytes = 320; // of JSON, whose names each worker keeps
        return unsigned(std::max<std::size_t>(1, bytes / (fieldBytes * std::max<std::size_t>(fields, 1))));
    }

    /// A slot's share holds its block, the places of the records in it (which may be short) and the text made of it.
    static Budget of(unsigned threads, std::size_t bytes = whole) {
        const std::size_t share = bytes / slots(threads);
        Budget budget;
        budget.block = std::clamp<std::size_t>(share / 8, 16u << 10, mostBlock);
        budget.piece = std::clamp<std::size_t>(share / 4, 32u << 10, mostPiece);
        budget.atWork = bytes / 2;
        return budget;
    }
};

} // namespace sealwright::pipeline
