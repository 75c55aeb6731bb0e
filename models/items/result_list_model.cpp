#include "models/items/result_list_model.h"

#include <algorithm>

namespace sealwright::items {

void ResultListModel::setRows(std::vector<ResultRow> rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const ResultRow& a, const ResultRow& b) { return a.created > b.created; });
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void ResultListModel::markSeen(const QString& id) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id != id || m_rows[i].seen)
            continue;
        m_rows[i].seen = true;
        Q_EMIT dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)));
    }
}

const ResultRow* ResultListModel::find(const QString& id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ResultRow& row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

int ResultListModel::unseen() const {
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const ResultRow& row) { return !row.seen; }));
}

int ResultListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ResultListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ResultRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case IdRole:
        return row.id;
    case CreatedRole:
        return row.created;
    case SeenRole:
        return row.seen;
    default:
        return {};
    }
}

} // namespace sealwright::items
