#include "models/pipeline/row_set.h"

#include <algorithm>
#include <iterator>

namespace sealwright::pipeline {

namespace {

void appendGap(std::string& gaps, std::uint64_t gap) {
    for (; gap > 0x7f; gap >>= 7)
        gaps += static_cast<char>(0x80 | (gap & 0x7f));
    gaps += static_cast<char>(gap);
}

std::uint64_t takeGap(std::string::const_iterator& at) {
    std::uint64_t gap = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        gap |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80)
            return gap;
    }
}

} // namespace

bool RowSet::insert(std::uint64_t row) {
    // The usual case: rows come one after the other.
    if (m_begin == m_end && m_pages.empty() && m_chunks.empty())
        m_begin = m_end = row;
    if (row >= m_begin && row < m_end)
        return false;
    Page* page = nullptr;
    if (!m_pages.empty()) {
        const auto found = m_pages.find(row / pageRows);
        page = found != m_pages.end() ? &found->second : nullptr;
    }
    if (page != nullptr && (page->count == pageRows || page->rows[row % pageRows]))
        return false;
    if (isInChunk(row))
        return false;
    if (row == m_end) {
        ++m_end;
    } else if (page != nullptr) {
        page->rows[row % pageRows] = true;
        if (++page->count == pageRows)
            page->rows = {};
    } else {
        addToChunk(row);
    }
    return true;
}

std::vector<std::uint64_t> RowSet::rowsOf(const Chunks::value_type& chunk) {
    std::vector<std::uint64_t> rows{chunk.first};
    rows.reserve(chunk.second.count + 1);
    for (auto at = chunk.second.gaps.begin(); at != chunk.second.gaps.end();)
        rows.push_back(rows.back() + takeGap(at));
    return rows;
}

RowSet::Chunk RowSet::packed(const std::uint64_t* rows, std::size_t count) {
    Chunk chunk{rows[count - 1], count, {}};
    for (std::size_t i = 1; i < count; ++i)
        appendGap(chunk.gaps, rows[i] - rows[i - 1]);
    chunk.gaps.shrink_to_fit();
    return chunk;
}

bool RowSet::isInChunk(std::uint64_t row) const {
    auto found = m_chunks.upper_bound(row);
    if (found == m_chunks.begin())
        return false;
    --found;
    if (row >= found->second.last)
        return row == found->second.last;
    std::uint64_t one = found->first;
    for (auto at = found->second.gaps.begin(); one < row;)
        one += takeGap(at);
    return one == row;
}

void RowSet::addToChunk(std::uint64_t row) {
    auto next = m_chunks.upper_bound(row);
    if (next == m_chunks.end()) {
        Chunk* last = m_chunks.empty() ? nullptr : &std::prev(next)->second;
        if (last == nullptr || (row > last->last && last->count == mostInChunk)) {
            if (last != nullptr)
                last->gaps.shrink_to_fit();
            m_chunks.emplace_hint(next, row, packed(&row, 1));
            return;
        }
        if (row > last->last) { // in order, with gaps
            appendGap(last->gaps, row - last->last);
            last->last = row;
            ++last->count;
            return;
        }
    }
    // Into the one that it falls in or follows; where that is full, and it only follows, to the front of the next one:
    // whatever the order, none but the last stays small.
    auto into = next == m_chunks.begin() ? next : std::prev(next);
    if (next != m_chunks.end() && row > into->second.last && into->second.count == mostInChunk)
        into = next;
    std::vector<std::uint64_t> rows = rowsOf(*into);
    rows.insert(std::upper_bound(rows.begin(), rows.end(), row), row);
    const auto hint = m_chunks.erase(into);
    if (rows.size() <= mostInChunk) {
        m_chunks.emplace_hint(hint, rows.front(), packed(rows.data(), rows.size()));
        return;
    }
    const std::size_t half = rows.size() / 2;
    m_chunks.emplace_hint(hint, rows.front(), packed(rows.data(), half));
    m_chunks.emplace_hint(hint, rows[half], packed(rows.data() + half, rows.size() - half));
    makeDense(row / pageRows);
}

/// Where enough rows of the page are there. Chunks that reach beyond it stay.
void RowSet::makeDense(std::uint64_t pageNumber) {
    const std::uint64_t first = pageNumber * pageRows;
    const auto begin = m_chunks.lower_bound(first);
    auto end = begin;
    std::size_t count = 0;
    for (; end != m_chunks.end() && end->second.last - first < pageRows; ++end)
        count += end->second.count;
    if (count < denseFrom)
        return;
    Page& page = m_pages[pageNumber];
    page.rows.resize(pageRows);
    page.count = count;
    for (auto chunk = begin; chunk != end; ++chunk)
        for (const std::uint64_t row : rowsOf(*chunk))
            page.rows[row - first] = true;
    m_chunks.erase(begin, end);
}

} // namespace sealwright::pipeline
