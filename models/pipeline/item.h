#pragma once
#include "models/dataset/chunk.h"
#include "models/pipeline/run.h"

namespace sealwright::pipeline {

/// Records `record` … `record + count - 1` of the file carry rows `row` … `row + count - 1` of run `run` in their
/// tokens.
struct RowRange {
    std::uint32_t run = 0;
    std::uint64_t row = 0, record = 0, count = 0;
};

/// A chunk on its way through a pass, with what its worker has to say about it to the ordered stage.
struct Item {
    dataset::Chunk chunk;
    unsigned envelopePart = 0;            ///< of an envelope: 0, 1, …
    std::vector<std::uint32_t> firstSeen; ///< numbers of fields that this worker met for the first time, in order
    std::vector<RowRange> rows;           ///< reading only
    std::vector<Finding> findings;        ///< reading only, at most keptNotes
    std::uint64_t findingsCount = 0;

    std::vector<Failure> problems; ///< judging only: values that their rule cannot take, at most keptNotes
    std::uint64_t problemsCount = 0;
    static constexpr std::size_t keptNotes = 1000;

    /// May one more problem or finding be kept, whose path has that many bytes? All are counted.
    bool keepsNote(std::size_t pathBytes) {
        if (problems.size() + findings.size() >= keptNotes || m_noteBytes + pathBytes > keptNoteBytes)
            return false;
        m_noteBytes += pathBytes;
        return true;
    }

    void clearNotes() {
        m_noteBytes = 0;
        problems.clear();
        problemsCount = 0;
        firstSeen.clear();
        rows.clear();
        findings.clear();
        findingsCount = 0;
    }

private:
    static constexpr std::size_t keptNoteBytes = 1u << 20;
    std::size_t m_noteBytes = 0;
};

} // namespace sealwright::pipeline
