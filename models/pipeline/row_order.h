#pragma once
#include "models/pipeline/item.h"
#include "models/pipeline/row_set.h"

namespace sealwright::pipeline {

/// Gathers what a reader reports (FORMAT.md §2 "Reading"): at most 1,000 are kept, all are counted.
class FindingList {
public:
    static constexpr std::size_t limit = Item::keptNotes;
    void add(Finding finding) {
        ++m_count;
        if (m_list.size() < limit)
            m_list.push_back(std::move(finding));
    }
    /// Those of one item, of which only some were kept.
    void add(std::vector<Finding>& findings, std::uint64_t count);
    std::uint64_t count() const { return m_count; }
    std::vector<Finding> takeAll() { return std::move(m_list); }

private:
    std::vector<Finding> m_list;
    std::uint64_t m_count = 0;
};

/// Rows of each run in the order of the file: does one come twice, do they ascend? On the ordered stage alone.
class RowOrder {
public:
    explicit RowOrder(std::size_t runs) : m_runs(runs) {}
    void add(const RowRange& range, FindingList& findings);
    /// Records that tokens place in this run.
    std::uint64_t records(std::size_t run) const { return m_runs[run].records; }

private:
    struct Run {
        RowSet seen;
        std::uint64_t last = 0, records = 0;
    };
    std::vector<Run> m_runs;
};

} // namespace sealwright::pipeline
