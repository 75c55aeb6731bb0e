#include "models/items/job_list_model.h"

#include "models/items/row_steps.h"

#include <algorithm>

namespace sealwright::items {

namespace {

/// More than these are not worth telling one by one: each moves all the rows behind it.
constexpr std::size_t mostSteps = 16;

std::vector<QString> idsOf(const std::vector<JobRow>& rows) {
    std::vector<QString> ids;
    ids.reserve(rows.size());
    for (const JobRow& row : rows)
        ids.push_back(row.id);
    return ids;
}

} // namespace

void JobListModel::setRows(std::vector<JobRow> rows) {
    bool changed = true;
    const bool sameRows = std::equal(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(),
                                     [](const JobRow& a, const JobRow& b) { return a.id == b.id; });
    if (sameRows || arrange(rows)) {
        changed = take(std::move(rows)) || !sameRows;
    } else {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    if (changed)
        Q_EMIT settled();
}

bool JobListModel::arrange(const std::vector<JobRow>& rows) {
    const auto steps = rowSteps(idsOf(m_rows), idsOf(rows), mostSteps);
    if (!steps)
        return false;
    for (const RowStep& step : *steps) {
        const auto at = m_rows.begin() + step.at;
        switch (step.kind) {
        case RowStep::Kind::Remove:
            beginRemoveRows({}, step.at, step.at + step.count - 1);
            m_rows.erase(at, at + step.count);
            endRemoveRows();
            break;
        case RowStep::Kind::Move:
            beginMoveRows({}, step.at, step.at, {}, step.to);
            if (step.at < step.to)
                std::rotate(at, at + 1, m_rows.begin() + step.to);
            else
                std::rotate(m_rows.begin() + step.to, at, at + 1);
            endMoveRows();
            break;
        case RowStep::Kind::Insert:
            beginInsertRows({}, step.at, step.at + step.count - 1);
            m_rows.insert(at, rows.begin() + step.at, rows.begin() + step.at + step.count);
            endInsertRows();
            break;
        }
    }
    return true;
}

bool JobListModel::take(std::vector<JobRow> rows) {
    bool changed = false;
    for (std::size_t i = 0; i < rows.size();) {
        const std::size_t first = i;
        for (; i < rows.size() && rows[i] != m_rows[i]; ++i)
            m_rows[i] = std::move(rows[i]);
        if (i > first) {
            changed = true;
            Q_EMIT dataChanged(index(static_cast<int>(first)), index(static_cast<int>(i) - 1));
        }
        ++i;
    }
    return changed;
}

void JobListModel::update(const JobRow& row) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id != row.id || m_rows[i] == row)
            continue;
        m_rows[i] = row;
        const QModelIndex changed = index(static_cast<int>(i));
        Q_EMIT dataChanged(changed, changed);
        Q_EMIT settled();
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
