#include "models/pipeline/row_order.h"

namespace sealwright::pipeline {

void FindingList::add(std::vector<Finding>& findings, std::uint64_t count) {
    for (Finding& finding : findings) {
        if (m_list.size() == limit)
            break;
        m_list.push_back(std::move(finding));
    }
    m_count += count;
}

void RowOrder::add(const RowRange& range, FindingList& findings) {
    Run& run = m_runs[range.run];
    for (std::uint64_t i = 0; i < range.count; ++i) {
        const std::uint64_t row = range.row + i;
        const auto found = [&](Finding::Kind kind) {
            Finding finding{kind, {}};
            finding.where.record = range.record + i;
            findings.add(std::move(finding));
        };
        if (!run.seen.insert(row))
            found(Finding::Kind::RowTwice);
        else if (run.records != 0 && row < run.last)
            found(Finding::Kind::RowsNotAscending);
        run.last = row;
        ++run.records;
    }
}

} // namespace sealwright::pipeline
