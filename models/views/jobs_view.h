#pragma once
#include "models/items/job_filter_model.h"
#include "models/items/job_list_model.h"
#include "models/views/page_view.h"

namespace sealwright::views {

/// The Jobs page: the list, and one job as a contract.
/// Commands end in …Wanted signals; whoever carries them out answers with begin(), setJobs(), end() or fail().
class JobsView : public PageView {
    Q_OBJECT
public:
    explicit JobsView(QObject* parent = nullptr);

    items::JobListModel* jobs() { return &m_jobs; }
    items::JobFilterModel* shown() { return &m_shown; }
    int waiting() const { return m_jobs.waiting(); }

    /// The one whose contract is shown; null where there is none.
    const items::JobRow* current() const { return m_jobs.find(m_current); }
    /// Ignored while rows come and go by themselves: a list that loses its current row takes the next one, which
    /// nobody chose.
    void select(const QString& id);

    // What the owner does.
    void search(const QString& text);
    void list(items::JobFilterModel::Show which);
    void refresh() { Q_EMIT refreshWanted(); }
    void decline(const QString& id, const QString& reason);
    /// Of a job whose upload was interrupted.
    void goOn(const QString& id);
    void giveUp(const QString& id);
    /// A job that waits for others to end is not run after all.
    void leaveLine(const QString& id);
    /// `path` is the owner's file where the job asks for one, else empty.
    void openFields(const QString& id, const QString& path);
    void openReceipt(const QString& id) { Q_EMIT receiptWanted(id); }
    void cancelOpening() { Q_EMIT cancelOpeningWanted(); }
    static bool mayStart(items::JobStanding standing);
    static bool mayDecline(items::JobStanding standing);

    // What is known. Keeps the selection, or takes the first that waits for the owner.
    void setJobs(std::vector<items::JobRow> rows);
    void update(const items::JobRow& row);

    /// The source of this job is being fetched, so that its fields can be shown; empty where none is. One at a time.
    const QString& opening() const { return m_opening; }
    quint64 openingDone() const { return m_done; } ///< bytes
    quint64 openingTotal() const { return m_total; }
    void beginOpening(const QString& id);
    void setOpeningProgress(quint64 done, quint64 total);
    void endOpening();

Q_SIGNALS:
    void currentChanged();
    void refreshWanted();
    void declineWanted(const QString& id, const QString& reason);
    void goOnWanted(const QString& id);
    void giveUpWanted(const QString& id);
    void leaveLineWanted(const QString& id);
    void fieldsWanted(const QString& id, const QString& path);
    void receiptWanted(const QString& id);
    void cancelOpeningWanted();

private:
    template <class Change>
    void settle(Change change);

    items::JobListModel m_jobs;
    items::JobFilterModel m_shown;
    QString m_current, m_opening;
    bool m_settling = false; ///< the rows are being changed
    quint64 m_done = 0, m_total = 0;
};

} // namespace sealwright::views
