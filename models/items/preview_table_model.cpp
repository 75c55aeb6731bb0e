#include "models/items/preview_table_model.h"

#include "models/items/field_path.h"

namespace sealwright::items {

void PreviewTableModel::setRows(const QStringList& paths, PreviewRows rows) {
    if (paths == m_paths && rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty() && !m_paths.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_paths = paths;
    m_names = columnNames(paths);
    m_rows = std::move(rows);
    endResetModel();
}

void PreviewTableModel::setStates(std::vector<FieldState> states) {
    m_states = std::move(states);
    if (!m_rows.empty() && !m_paths.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {StateRole});
}

int PreviewTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PreviewTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant PreviewTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    const PreviewCell cell = column < row.size() ? row[column] : PreviewCell{};
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case StateRole:
        return column < m_states.size() ? QVariant(static_cast<int>(m_states[column])) : QVariant();
    case PresentRole:
        return cell.present;
    case NullRole:
        return cell.isNull;
    case PathRole:
        return m_paths[index.column()];
    default:
        return {};
    }
}

QVariant PreviewTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= m_paths.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_names[section];
    if (role == PathRole)
        return m_paths[section];
    return role == Qt::ToolTipRole ? QVariant(toolTipOf(m_paths[section])) : QVariant();
}

} // namespace sealwright::items
