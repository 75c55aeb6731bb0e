#pragma once
#include "models/pipeline/run.h"

namespace sealwright::pipeline {

struct DecryptResult {
    std::uint64_t records = 0;
    std::uint64_t valuesOpened = 0;
    bool byteExact = false;        ///< the manifest says so and the source check agreed: these are the source's bytes
    std::vector<Finding> findings; ///< at most 1,000; `findingsCount` has them all
    std::uint64_t findingsCount = 0;
};

/// Restores the values of a stored dataset into `sink` (null: only verify). Commitments are compared before anything is
/// opened (AuthWrongKey); digest and size of `stored` must have been compared by the caller, or are with
/// checkContent(). An altered token is AuthAltered with its place, and what was written must be dropped.
Outcome<DecryptResult> decryptDataset(const ByteSource& stored, ByteSink* sink, const Manifest& manifest,
                                      const Keys& keys, const RunOptions& options);

/// What can be told of a stored dataset without a key (FORMAT.md §2 "Reading"): each token's form, mode and version,
/// the rows and ordinals that tokens claim, fields that the manifest does not name, and counts, also of what fpe and
/// pseudonym made. With several runs the order of rows cannot be judged. valuesOpened stays 0. AuthAltered where a
/// field holds what cannot be its token.
Outcome<DecryptResult> lookThroughDataset(const ByteSource& stored, const Manifest& manifest,
                                          const RunOptions& options);

/// Size and digest of the stored file against the manifest's entry: true where equal.
Outcome<bool> contentMatches(const ByteSource& stored, const ContentEntry& entry, const RunOptions& options);
/// Digest and plain SHA-256 (both hex) of a file, blocks side by side.
Outcome<ContentEntry> describeContent(const ByteSource& stored, bool withSha256, const RunOptions& options);

/// A page of restored records for a table, on demand, in memory only. Opened at any record by an index with an entry a
/// block.
class RecordPager {
public:
    struct Cell {
        /// Decoded for display, at most 1,000 characters, and fewer where all cells of the page could take more than 2
        /// million together; wiped when the page goes.
        std::string text;
        Cell() = default;
        Cell(Cell&&) noexcept = default;
        Cell& operator=(Cell&&) noexcept = default;
        ~Cell();
        enum class State { Value, Null, Absent, Sealed, Altered } state = State::Absent;
    };
    struct Page {
        std::uint64_t first = 0;
        std::vector<std::vector<Cell>> rows; ///< a cell for each of paths()
    };
    static Outcome<std::unique_ptr<RecordPager>> open(std::shared_ptr<ByteSource> stored, Manifest manifest,
                                                      const Keys& keys, const RunOptions& options);
    virtual ~RecordPager() = default;
    /// The columns that pages have: the first ones, at most this many. A dataset may have a hundred thousand.
    static constexpr std::size_t mostColumns = 1000;
    virtual const std::vector<std::string>& paths() const = 0;
    virtual std::uint64_t columns() const = 0; ///< that the dataset has
    virtual std::uint64_t records() const = 0;
    virtual Outcome<Page> page(std::uint64_t first, std::size_t count) = 0;
};

} // namespace sealwright::pipeline
