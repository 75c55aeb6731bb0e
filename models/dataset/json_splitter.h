#pragma once
#include "models/dataset/block_splitter.h"
#include "models/dataset/json_array_scanner.h"
#include "models/dataset/json_lines_scanner.h"

#include <vector>

namespace sealwright::dataset {

/// BOM, lines.
class JsonLinesSplitter : public BlockSplitter {
public:
    JsonLinesSplitter(const ByteSource& source, const SplitOptions& options) : BlockSplitter(source, options) {}

protected:
    Outcome<Turn> give(Chunk& chunk) override;

private:
    bool m_begun = false;
    JsonLinesScanner m_scanner;
};

/// A document: an array of records, one record, or an object that holds the records at a path of members.
class JsonSplitter : public BlockSplitter {
public:
    /// `path`: the names of `recordsAt` without its `[]`; both empty for the first two.
    JsonSplitter(const ByteSource& source, const SplitOptions& options, std::string recordsAt,
                 std::vector<std::string> path)
        : BlockSplitter(source, options), m_recordsAt(std::move(recordsAt)), m_path(std::move(path)) {}

protected:
    Outcome<Turn> give(Chunk& chunk) override;

private:
    enum class Part { Bom, Begin, Head, Whole, Elements, Tail, Close, Done };
    Outcome<Turn> giveBegin(Chunk& chunk);
    Outcome<Turn> giveHead(Chunk& chunk);
    Outcome<Turn> giveWhole(Chunk& chunk);
    Outcome<Turn> giveElements(Chunk& chunk);
    Outcome<Turn> giveTail(Chunk& chunk);
    Outcome<Turn> giveClose(Chunk& chunk);
    Failure whyNoRecords(const Chunk& chunk) const;

    Part m_part = Part::Bom;
    const std::string m_recordsAt;
    const std::vector<std::string> m_path;
    std::string m_openers; // what completes the tail: `{"data":{"items":[`
    JsonArrayScanner m_scanner;
    bool m_bracketSeen = false;
};

/// The member names of a `records_at` path such as "data.items[]". DataJsonNoRecords (facts: the path) where it is no
/// such path.
Outcome<std::vector<std::string>> recordsPath(std::string_view recordsAt);

} // namespace sealwright::dataset
