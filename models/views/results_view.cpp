#include "models/views/results_view.h"

namespace sealwright::views {

ResultsView::ResultsView(QObject* parent) : PageView(parent) {}

void ResultsView::open(const QString& id) {
    const items::ResultRow* row = m_results.find(id);
    if (!row || !m_opening.isEmpty())
        return;
    m_opening = row->name;
    m_done = m_total = 0;
    m_savedTo.clear();
    begin();
    Q_EMIT openWanted(id);
}

void ResultsView::close() {
    m_opened.reset();
    m_savedTo.clear();
    m_table.close();
    dismissFailure();
    Q_EMIT closed();
}

void ResultsView::saveCopy(const QString& path) {
    if (!m_opened || path.isEmpty())
        return;
    begin();
    Q_EMIT saveWanted(path);
}

void ResultsView::setResults(std::vector<items::ResultRow> rows) {
    m_results.setRows(std::move(rows));
    end();
}

void ResultsView::setProgress(quint64 done, quint64 total) {
    m_done = done;
    m_total = total;
    Q_EMIT changed();
}

void ResultsView::setOpened(const ResultFacts& facts, const QStringList& paths) {
    m_opening.clear();
    m_opened = facts;
    m_table.open(paths, facts.records);
    m_results.markSeen(facts.id);
    end();
}

void ResultsView::setSaved(const QString& path) {
    m_savedTo = path;
    end();
}

void ResultsView::openFailed(const Failure& failure) {
    m_opening.clear();
    fail(failure);
}

} // namespace sealwright::views
