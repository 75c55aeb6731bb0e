#include "models/pipeline/row_set.h"

#include <algorithm>

namespace sealwright::pipeline {

bool RowSet::insert(std::uint64_t row) {
    // The usual case: rows come one after the other.
    if (m_begin == m_end && m_pages.empty())
        m_begin = m_end = row;
    if (row >= m_begin && row < m_end)
        return false;
    Page* page = nullptr;
    if (!m_pages.empty()) {
        const auto found = m_pages.find(row / pageRows);
        page = found != m_pages.end() ? &found->second : nullptr;
    }
    const auto within = static_cast<std::uint16_t>(row % pageRows);
    if (page != nullptr) {
        if (page->count == pageRows || (page->dense && (*page->dense)[within]))
            return false;
        if (!page->dense && std::binary_search(page->sparse.begin(), page->sparse.end(), within))
            return false;
    }
    if (row == m_end) {
        ++m_end;
        return true;
    }
    if (page == nullptr)
        page = &m_pages[row / pageRows];
    ++page->count;
    if (page->dense) {
        (*page->dense)[within] = true;
        if (page->count == pageRows)
            page->dense.reset();
        return true;
    }
    page->sparse.insert(std::upper_bound(page->sparse.begin(), page->sparse.end(), within), within);
    if (page->sparse.size() > sparseLimit) {
        page->dense = std::make_unique<std::vector<bool>>(pageRows);
        for (const auto one : page->sparse)
            (*page->dense)[one] = true;
        page->sparse = {};
    }
    return true;
}

} // namespace sealwright::pipeline
