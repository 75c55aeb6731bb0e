#pragma once
#include "models/dataset/splice.h"
#include "models/pipeline/ordered_run.h"
#include "models/pipeline/value.h"

// How a worker goes through its chunk. CsvWalk and JsonWalk find the values and put the parts together again; a handler
// says what happens to each value. A handler has
//   Field                            what it knows about one field; path(); `bool looksAt`: false where only emptiness
//                                    counts
//   Field* column(std::size_t i)     CSV: the field of column i, made when first asked for
//   Field* field(path)               JSON: the field of a leaf's path, made when first asked for; the path's text stays
//   void pass(Field&, bool empty)    CSV: a value of a field that it does not look at
//   bool takesWhole(path)            JSON: is a container one value
//   bool skipsEmpty(path)            JSON: is an empty container no value at all
//   void beginRecord(const Spot&), endRecord(), endChunk()
//   Verdict leaf(Field&, const Value&, const Spot&, dataset::Splice&, dataset::Span)
//   bool dropsColumn(std::size_t i)  CSV: the header's part of it goes too
//   bool dropsAny()                  CSV: does the policy drop some column
//   bool unflattens(), void unflattened()
//   writes                           constexpr: a record must not become a line that is no record (CSV)
//   char byteBefore(offset)          the byte before that offset of the file; asked rarely (CSV)
//   Failure failure                  set where leaf() says Failed; the walk adds the place
namespace sealwright::pipeline {

enum class Verdict {
    Stay,    ///< nothing was written: the bytes are copied
    Written, ///< something took the value's place
    Emptied, ///< nothing took the value's place (CSV)
    Drop,    ///< the walk takes the field away
    Failed,
};

/// Where a leaf is, for what its handler has to say about it.
struct Spot {
    std::uint64_t row = 0;             ///< 0 outside the records
    bool envelope = false;             ///< outside the records (paths `$.`)
    unsigned depth = 0;                ///< JSON: containers open around the record
    unsigned inside = 0;               ///< JSON: containers of the record open around the leaf
    std::optional<std::uint64_t> base; ///< what to add to an offset in the text for one in the file

    /// The place of what begins at `at` in the text.
    Where where(const std::string& path, std::uint64_t at) const {
        Where found;
        if (!envelope)
            found.record = row;
        found.field = path;
        if (base)
            found.byte = *base + at;
        return found;
    }

    /// JSON containers open around the leaf.
    unsigned depthHere() const { return depth + inside; }
};

} // namespace sealwright::pipeline
