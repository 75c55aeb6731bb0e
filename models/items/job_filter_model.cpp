#include "models/items/job_filter_model.h"

namespace sealwright::items {
namespace {

JobStanding standingAt(const QModelIndex& index) {
    return static_cast<JobStanding>(index.data(JobListModel::StandingRole).toInt());
}

bool isOpen(JobStanding standing) {
    switch (standing) {
    case JobStanding::WaitingForYou:
    case JobStanding::Started:
    case JobStanding::Running:
    case JobStanding::InLine:
    case JobStanding::Failed:
    case JobStanding::Cancelled:
    case JobStanding::Returned:
    case JobStanding::Interrupted:
        return true;
    case JobStanding::Done:
    case JobStanding::Declined:
    case JobStanding::Expired:
    case JobStanding::Refused:
        return false;
    }
    return false;
}

} // namespace

JobFilterModel::JobFilterModel(QObject* parent) : QSortFilterProxyModel(parent) {
    setDynamicSortFilter(true);
    sort(0);
}

void JobFilterModel::setSearch(const QString& text) {
    m_search = text.trimmed();
    invalidateFilter();
}

void JobFilterModel::setShow(Show show) {
    m_show = show;
    invalidateFilter();
}

bool JobFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_show != Show::All && isOpen(standingAt(index)) != (m_show == Show::Open))
        return false;
    return m_search.isEmpty() || index.data().toString().contains(m_search, Qt::CaseInsensitive) ||
           index.data(JobListModel::PlatformRole).toString().contains(m_search, Qt::CaseInsensitive);
}

bool JobFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto rank = [](JobStanding standing) {
        return standing == JobStanding::WaitingForYou ? 0 : isOpen(standing) ? 1 : 2;
    };
    const int leftRank = rank(standingAt(left)), rightRank = rank(standingAt(right));
    if (leftRank != rightRank)
        return leftRank < rightRank;
    const bool leftOpen = leftRank < 2;
    const int time = leftOpen ? JobListModel::ExpiresRole : JobListModel::ChangedRole;
    const qint64 a = left.data(time).toLongLong(), b = right.data(time).toLongLong();
    if (a != b)
        return leftOpen ? a < b : a > b;
    return left.data().toString().localeAwareCompare(right.data().toString()) < 0;
}

} // namespace sealwright::items
