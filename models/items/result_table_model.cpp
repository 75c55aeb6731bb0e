#include "models/items/result_table_model.h"

#include "models/items/field_path.h"

#include <algorithm>
#include <limits>

namespace sealwright::items {

void ResultTableModel::open(const QStringList& paths, quint64 records) {
    beginResetModel();
    m_paths = paths;
    m_names = columnNames(paths);
    m_records = records;
    m_pages.clear();
    endResetModel();
}

int ResultTableModel::pageRows() const {
    constexpr int mostRows = 200, leastRows = 20, mostCells = 20'000; // a tall screen shows 70 rows, of 8 pages
    return std::clamp(mostCells / std::max(1, columnCount()), leastRows, mostRows);
}

void ResultTableModel::close() {
    open({}, 0);
}

void ResultTableModel::setPage(quint64 first, ResultRows rows) {
    const auto page = m_pages.find(first);
    if (page == m_pages.end() || page->second.here)
        return;
    page->second.rows = std::move(rows);
    page->second.here = true;
    const int top = static_cast<int>(first);
    const int bottom = std::min(top + pageRows(), rowCount()) - 1;
    if (bottom >= top && !m_paths.isEmpty())
        Q_EMIT dataChanged(index(top, 0), index(bottom, columnCount() - 1));
}

/// Asking is const to the view that reads a cell, yet it makes room for the page.
void ResultTableModel::want(quint64 first) const {
    while (m_pages.size() >= pagesKept)
        m_pages.erase(std::min_element(m_pages.begin(), m_pages.end(),
                                       [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
    m_pages[first].used = ++m_clock;
    auto* self = const_cast<ResultTableModel*>(this);
    QMetaObject::invokeMethod(
        self, [self, first] { Q_EMIT self->pageWanted(first, self->pageRows()); }, Qt::QueuedConnection);
}

int ResultTableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return static_cast<int>(std::min<quint64>(m_records, std::numeric_limits<int>::max() / 64));
}

int ResultTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != StateRole))
        return {};
    const auto row = static_cast<quint64>(index.row());
    const quint64 first = row - row % static_cast<quint64>(pageRows());
    const auto page = m_pages.find(first);
    if (page == m_pages.end()) {
        want(first);
        return {};
    }
    page->second.used = ++m_clock;
    const auto& rows = page->second.rows;
    const auto at = static_cast<std::size_t>(row - first);
    if (at >= rows.size() || static_cast<std::size_t>(index.column()) >= rows[at].size())
        return {};
    const ResultCell& cell = rows[at][static_cast<std::size_t>(index.column())];
    return role == StateRole ? QVariant(static_cast<int>(cell.state)) : QVariant(cell.text);
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= m_paths.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_names[section];
    return role == Qt::ToolTipRole ? QVariant(toolTipOf(m_paths[section])) : QVariant();
}

} // namespace sealwright::items
