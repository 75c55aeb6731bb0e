#pragma once
#include <QAbstractListModel>

#include <vector>

namespace sealwright::items {

struct ResultRow {
    QString id, name;
    qint64 created = 0; ///< seconds since 1970
    bool seen = false;  ///< opened on this machine before
};

/// Datasets returned to this machine, the newest first. GUI thread.
class ResultListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, CreatedRole, SeenRole };
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<ResultRow> rows);
    void markSeen(const QString& id);
    const std::vector<ResultRow>& rows() const { return m_rows; }
    const ResultRow* find(const QString& id) const;
    int unseen() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<ResultRow> m_rows;
};

} // namespace sealwright::items
