#include "models/items/job_list_model.h"

#include <algorithm>

namespace sealwright::items {

void JobListModel::setRows(std::vector<JobRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void JobListModel::update(const JobRow& row) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id != row.id)
            continue;
        m_rows[i] = row;
        const QModelIndex changed = index(static_cast<int>(i));
        Q_EMIT dataChanged(changed, changed);
        return;
    }
}

const JobRow* JobListModel::find(const QString& id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const JobRow& row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

int JobListModel::waiting() const {
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const JobRow& row) { return row.standing == JobStanding::WaitingForYou; }));
}

int JobListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant JobListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JobRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case IdRole:
        return row.id;
    case PlatformRole:
        return row.platform;
    case StandingRole:
        return static_cast<int>(row.standing);
    case ExpiresRole:
        return row.expires;
    case ChangedRole:
        return row.changed;
    default:
        return {};
    }
}

} // namespace sealwright::items
