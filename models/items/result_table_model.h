#pragma once
#include <QAbstractTableModel>
#include <QStringList>

#include <map>
#include <vector>

namespace sealwright::items {

struct ResultCell {
    /// Sealed: this machine has no key for it. Altered: it was changed after it was sealed.
    enum class State { Value, Null, Absent, Sealed, Altered };
    QString text;
    State state = State::Absent;
};
using ResultRows = std::vector<std::vector<ResultCell>>;

/// A restored dataset, a page at a time. Asks for the page that a view shows and keeps the last few; the rest of a
/// large dataset is never in memory. GUI thread.
class ResultTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t pagesKept = 8;
    /// Of a page: fewer where there are many columns, so that what is kept stays small.
    int pageRows() const;
    enum Role { StateRole = Qt::UserRole + 1 }; ///< int of ResultCell::State, or nothing while the page is under way
    using QAbstractTableModel::QAbstractTableModel;

    void open(const QStringList& paths, quint64 records);
    void close(); ///< drops every value
    /// An answer to pageWanted(); pages nobody waits for any more are dropped.
    void setPage(quint64 first, ResultRows rows);
    quint64 records() const { return m_records; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Emitted from the event loop, once a page, never from within a paint.
    void pageWanted(quint64 first, int count);

private:
    void want(quint64 first) const;

    QStringList m_paths, m_names;
    quint64 m_records = 0;
    struct Page {
        ResultRows rows;
        quint64 used = 0;
        bool here = false;
    };
    mutable std::map<quint64, Page> m_pages;
    mutable quint64 m_clock = 0;
};

} // namespace sealwright::items
