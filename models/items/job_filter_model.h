#pragma once
#include "models/items/job_list_model.h"

namespace sealwright::items {

/// Of the jobs of another list those that pass, by name or platform and by whether they still need something. What
/// waits for the owner stands first, the soonest to expire before the others; then the newest. GUI thread.
class JobFilterModel : public JobListModel {
    Q_OBJECT
public:
    enum class Show { All, Open, Finished };
    using JobListModel::JobListModel;

    /// `all` outlives this.
    void follow(const JobListModel& all);
    void setSearch(const QString& text);
    void setShow(Show show);
    Show show() const { return m_show; }

    /// Any thread. Rows that are in order before they are set cost the GUI thread no sorting.
    static void putInOrder(std::vector<JobRow>& rows);

private:
    using JobListModel::setRows; // they are the other list's
    using JobListModel::update;
    void order();
    void filter();
    bool passes(const JobRow& row) const;

    const JobListModel* m_all = nullptr;
    std::vector<std::size_t> m_order; ///< rows of all, as they stand here if they pass
    QString m_search;
    Show m_show = Show::All;
};

} // namespace sealwright::items
