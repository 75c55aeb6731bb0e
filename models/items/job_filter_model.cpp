#include "models/items/job_filter_model.h"

#include <algorithm>
#include <numeric>

namespace sealwright::items {
namespace {

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

bool standsBefore(const JobRow& left, const JobRow& right) {
    const auto rank = [](JobStanding standing) {
        return standing == JobStanding::WaitingForYou ? 0 : isOpen(standing) ? 1 : 2;
    };
    const int leftRank = rank(left.standing), rightRank = rank(right.standing);
    if (leftRank != rightRank)
        return leftRank < rightRank;
    if (leftRank < 2 && left.expires != right.expires)
        return left.expires < right.expires;
    if (leftRank == 2 && left.changed != right.changed)
        return left.changed > right.changed;
    const int names = left.name.localeAwareCompare(right.name);
    return names != 0 ? names < 0 : left.id < right.id;
}

} // namespace

void JobFilterModel::putInOrder(std::vector<JobRow>& rows) {
    std::sort(rows.begin(), rows.end(), standsBefore);
}

void JobFilterModel::follow(const JobListModel& all) {
    m_all = &all;
    connect(m_all, &JobListModel::settled, this, [this] {
        order();
        filter();
    });
    order();
    filter();
}

void JobFilterModel::setSearch(const QString& text) {
    m_search = text.trimmed();
    filter();
}

void JobFilterModel::setShow(Show show) {
    m_show = show;
    filter();
}

void JobFilterModel::order() {
    const std::vector<JobRow>& rows = m_all->rows();
    m_order.resize(rows.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t(0));
    const auto before = [&](std::size_t left, std::size_t right) { return standsBefore(rows[left], rows[right]); };
    if (!std::is_sorted(m_order.begin(), m_order.end(), before))
        std::sort(m_order.begin(), m_order.end(), before);
}

void JobFilterModel::filter() {
    std::vector<JobRow> shown;
    for (const std::size_t at : m_order)
        if (passes(m_all->rows()[at]))
            shown.push_back(m_all->rows()[at]);
    setRows(std::move(shown));
}

bool JobFilterModel::passes(const JobRow& row) const {
    if (m_show != Show::All && isOpen(row.standing) != (m_show == Show::Open))
        return false;
    return m_search.isEmpty() || row.name.contains(m_search, Qt::CaseInsensitive) ||
           row.platform.contains(m_search, Qt::CaseInsensitive);
}

} // namespace sealwright::items
