#include "models/views/jobs_view.h"

namespace sealwright::views {

using items::JobStanding;

JobsView::JobsView(QObject* parent) : PageView(parent) {
    m_shown.follow(m_jobs);
}

template <class Change>
void JobsView::settle(Change change) {
    m_settling = true;
    change();
    m_settling = false;
}

void JobsView::select(const QString& id) {
    if (m_settling || m_current == id)
        return;
    m_current = id;
    Q_EMIT currentChanged();
}

void JobsView::search(const QString& text) {
    settle([&] { m_shown.setSearch(text); });
    Q_EMIT changed();
}

void JobsView::list(items::JobFilterModel::Show which) {
    settle([&] { m_shown.setShow(which); });
    Q_EMIT changed();
}

void JobsView::decline(const QString& id, const QString& reason) {
    const auto* job = m_jobs.find(id);
    if (job && mayDecline(job->standing) && !reason.trimmed().isEmpty())
        Q_EMIT declineWanted(id, reason.trimmed());
}

void JobsView::goOn(const QString& id) {
    const auto* job = m_jobs.find(id);
    if (job && job->standing == JobStanding::Interrupted)
        Q_EMIT goOnWanted(id);
}

void JobsView::giveUp(const QString& id) {
    const auto* job = m_jobs.find(id);
    if (job && job->standing == JobStanding::Interrupted)
        Q_EMIT giveUpWanted(id);
}

void JobsView::leaveLine(const QString& id) {
    const auto* job = m_jobs.find(id);
    if (job && job->standing == JobStanding::InLine)
        Q_EMIT leaveLineWanted(id);
}

void JobsView::openFields(const QString& id, const QString& path) {
    if (m_opening.isEmpty())
        Q_EMIT fieldsWanted(id, path);
}

void JobsView::beginOpening(const QString& id) {
    m_opening = id;
    m_done = m_total = 0;
    dismissFailure();
    Q_EMIT currentChanged();
}

void JobsView::setOpeningProgress(quint64 done, quint64 total) {
    m_done = done;
    m_total = total;
    Q_EMIT changed();
}

void JobsView::endOpening() {
    m_opening.clear();
    Q_EMIT currentChanged();
    Q_EMIT changed();
}

bool JobsView::mayStart(JobStanding standing) {
    switch (standing) {
    case JobStanding::WaitingForYou:
    case JobStanding::Started:
    case JobStanding::Failed:
    case JobStanding::Cancelled:
    case JobStanding::Returned:
        return true;
    case JobStanding::Running:
    case JobStanding::InLine:
    case JobStanding::Done:
    case JobStanding::Declined:
    case JobStanding::Expired:
    case JobStanding::Refused:
    case JobStanding::Interrupted:
        return false;
    }
    return false;
}

bool JobsView::mayDecline(JobStanding standing) {
    return mayStart(standing);
}

void JobsView::setJobs(std::vector<items::JobRow> rows) {
    settle([&] { m_jobs.setRows(std::move(rows)); });
    if (!current())
        m_current =
            m_shown.rowCount() > 0 ? m_shown.index(0, 0).data(items::JobListModel::IdRole).toString() : QString();
    Q_EMIT currentChanged();
    Q_EMIT changed();
}

void JobsView::update(const items::JobRow& row) {
    settle([&] { m_jobs.update(row); });
    if (row.id == m_current)
        Q_EMIT currentChanged();
    Q_EMIT changed();
}

} // namespace sealwright::views
