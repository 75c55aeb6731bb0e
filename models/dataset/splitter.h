#pragma once
#include "models/dataset/byte_source.h"
#include "models/dataset/chunk.h"
#include "models/domain/dialect.h"

#include <memory>
#include <optional>

namespace sealwright::dataset {

inline constexpr std::size_t maxRecordBytes = 64u << 20;            ///< FORMAT.md §9
inline constexpr std::uint64_t maxRecords = std::uint64_t(1) << 48; ///< FORMAT.md §9

struct SplitOptions {
    std::size_t blockSize = 1u << 20; ///< bytes read at once, 1 … 64 MiB; records and rows are the same whatever it is
    std::size_t maxRecord = maxRecordBytes;
    /// CSV: is a line of no bytes a record? By itself: only where the header (or the first line with bytes) has one
    /// column. A reader of a stored dataset with dropped columns says what the source had (FORMAT.md §4).
    std::optional<bool> blankLinesAreRecords;
};

/// Cuts a source into chunks that hold whole records (FORMAT.md §4). Serial and lenient: it finds where records end;
/// what is wrong inside a record is found by CsvReader and JsonReader, so that the first failure in the order of the
/// source wins. A record that the source's end cuts off comes out as the last record, for the parser to refuse. Memory:
/// the block and the record under way. Every byte is looked at once. Not thread-safe.
class RecordSplitter {
public:
    /// `dialect.recordsAt` as the manifest has it: the text names the array; nothing or the empty text mean an array of
    /// records or one record. It is never searched for here (see findRecordsAt). Reads the CSV header. DataNotReadable,
    /// DataJsonNoRecords (facts: the path), DataEncodingUnsupported, DataEncodingUtf16 and what readCsvColumns says.
    /// The source outlives the splitter.
    static Outcome<std::unique_ptr<RecordSplitter>> open(const ByteSource& source, MediaType type,
                                                         const Dialect& dialect, const SplitOptions& options = {});
    virtual ~RecordSplitter() = default;

    /// Fills `chunk`; false at the source's end. DataRecordTooLong, DataJsonSyntax (outside of records),
    /// DataTooManyRecords, or what the source says; it comes after all chunks of what is before it, and again when
    /// asked again.
    virtual Outcome<bool> next(Chunk& chunk) = 0;
};

} // namespace sealwright::dataset
