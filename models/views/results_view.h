#pragma once
#include "models/items/result_list_model.h"
#include "models/items/result_table_model.h"
#include "models/views/page_view.h"

#include <optional>

namespace sealwright::views {

/// What is known of an opened result before its rows are looked at.
struct ResultFacts {
    QString id, name;
    QString signer; ///< from the address book; empty: nobody known
    QString signerWords;
    qint64 signedAt = 0;
    bool unchanged = true; ///< size and digest are those that were signed
    quint64 records = 0;
    quint64 columns = 0;    ///< that it has; the table has the first ones
    QString ending;         ///< ".csv": of a copy
    quint64 findings = 0;   ///< what reading reported (FORMAT.md §2 "Reading")
    QStringList findingIds; ///< stable ids, each once
};

/// The Results page: the list, then one opened in memory.
class ResultsView : public PageView {
    Q_OBJECT
public:
    explicit ResultsView(QObject* parent = nullptr);

    items::ResultListModel* results() { return &m_results; }
    items::ResultTableModel* table() { return &m_table; }
    const std::optional<ResultFacts>& opened() const { return m_opened; }
    QString opening() const { return m_opening; } ///< name of the one that is being fetched, or empty
    quint64 done() const { return m_done; }
    quint64 total() const { return m_total; }

    void refresh() { Q_EMIT refreshWanted(); }
    void open(const QString& id);
    void close();
    void cancel() { Q_EMIT cancelWanted(); }
    void saveCopy(const QString& path);

    void setResults(std::vector<items::ResultRow> rows);
    void setProgress(quint64 done, quint64 total);
    void setOpened(const ResultFacts& facts, const QStringList& paths);
    void setSaved(const QString& path);
    const QString& savedTo() const { return m_savedTo; }
    void openFailed(const Failure& failure);

Q_SIGNALS:
    void refreshWanted();
    void openWanted(const QString& id);
    void closed();
    void cancelWanted();
    void saveWanted(const QString& path);

private:
    items::ResultListModel m_results;
    items::ResultTableModel m_table;
    std::optional<ResultFacts> m_opened;
    QString m_opening, m_savedTo;
    quint64 m_done = 0, m_total = 0;
};

} // namespace sealwright::views
