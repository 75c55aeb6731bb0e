#include "models/items/file_list_model.h"

namespace sealwright::items {

int FileListModel::add(FileRow row) {
    row.id = m_nextId++;
    const int at = static_cast<int>(m_rows.size());
    beginInsertRows({}, at, at);
    m_rows.push_back(std::move(row));
    endInsertRows();
    return m_rows.back().id;
}

int FileListModel::positionOf(int id) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].id == id)
            return static_cast<int>(i);
    return -1;
}

void FileListModel::update(const FileRow& row) {
    const int at = positionOf(row.id);
    if (at < 0)
        return;
    m_rows[static_cast<std::size_t>(at)] = row;
    Q_EMIT dataChanged(index(at), index(at));
}

void FileListModel::remove(int id) {
    const int at = positionOf(id);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
}

const FileRow* FileListModel::find(int id) const {
    const int at = positionOf(id);
    return at < 0 ? nullptr : &m_rows[static_cast<std::size_t>(at)];
}

int FileListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FileListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case IdRole:
        return row.id;
    default:
        return {};
    }
}

} // namespace sealwright::items
