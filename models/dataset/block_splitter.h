#pragma once
#include "models/dataset/record_scanner.h"
#include "models/dataset/splitter.h"

namespace sealwright::dataset {

inline constexpr std::string_view utf8Bom = "\xef\xbb\xbf";

/// What the splitters of all formats share: reading block by block, keeping what is not given out yet, limits, and
/// failures that stay.
class BlockSplitter : public RecordSplitter {
public:
    Outcome<bool> next(Chunk& chunk) final;

protected:
    BlockSplitter(const ByteSource& source, const SplitOptions& options);

    enum class Turn { Gave, Nothing, End }; ///< a chunk; no bytes, ask again; the end
    /// Gives the next chunk. `chunk` comes empty but for its place.
    virtual Outcome<Turn> give(Chunk& chunk) = 0;

    /// Puts what was kept, or else a block, into chunk.bytes. Later calls append a block. False at the source's end.
    Outcome<bool> fill(Chunk& chunk);
    /// Ends the chunk behind `end` bytes; the rest is kept.
    void cut(Chunk& chunk, std::size_t end);
    /// A Verbatim chunk of the next `count` bytes.
    Outcome<Turn> giveVerbatim(Chunk& chunk, std::size_t count);
    /// The UTF-8 BOM as a chunk, if the source begins with it.
    Outcome<Turn> giveBom(Chunk& chunk);
    /// One block's records. Nothing where there are none any more.
    Outcome<Turn> giveRecords(Chunk& chunk, RecordScanner& scanner);
    /// All that is left, at most one record long.
    Outcome<void> takeRest(Chunk& chunk);

    Err<Failure> failAt(Code code, std::uint64_t offset) const;
    Err<Failure> recordTooLong(std::uint64_t offset) const;

    std::uint64_t m_offset = 0; ///< of the next byte that is given out
    std::uint64_t m_row = 0;
    const std::size_t m_maxRecord;

private:
    const ByteSource& m_source;
    const std::size_t m_block;
    std::string m_kept; // read, not given out yet
    std::uint64_t m_sequence = 0;
    std::optional<Failure> m_failure;
    bool m_ended = false;
};

} // namespace sealwright::dataset
