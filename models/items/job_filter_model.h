#pragma once
#include "models/items/job_list_model.h"

#include <QSortFilterProxyModel>

namespace sealwright::items {

/// Jobs by name or platform, and by whether they still need something. What waits for the owner stands first, the
/// soonest to expire before the others; then the newest.
class JobFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Show { All, Open, Finished };
    explicit JobFilterModel(QObject* parent = nullptr);

    void setSearch(const QString& text);
    void setShow(Show show);
    Show show() const { return m_show; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QString m_search;
    Show m_show = Show::All;
};

} // namespace sealwright::items
