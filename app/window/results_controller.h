#pragma once
#include "app/window/desk.h"
#include "models/tasks/results.h"

#include <QPointer>

namespace sealwright::window {

/// The Results page: list, one opened in memory page by page, a copy saved.
class ResultsController : public QObject {
    Q_OBJECT
public:
    ResultsController(Desk& desk, QObject* parent);
    void refresh();

private:
    /// An opened result and the pages of it; the pager borrows the result's keys.
    struct Reading {
        OpenedResult result;
        std::unique_ptr<pipeline::RecordPager> pager;
    };
    void open(const QString& id);
    void show(const std::shared_ptr<Reading>& reading);
    void page(quint64 first, int count);
    void save(const QString& path);
    void rememberSeen(const std::string& id);

    Desk& m_desk;
    views::ResultsView& m_view;
    std::vector<ResultEntry> m_entries;
    std::shared_ptr<Reading> m_reading;
    QPointer<Task> m_listing, m_opening, m_paging;
    QList<std::pair<quint64, int>> m_wantedPages; ///< first record and how many, the last asked for last
};

} // namespace sealwright::window
