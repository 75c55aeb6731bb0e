#pragma once
#include "models/items/field_state.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace sealwright::items {

struct PreviewCell {
    QString text;
    bool present = false; ///< false: the record has no such field, or it is left out
    bool isNull = false;
};
using PreviewRows = std::vector<std::vector<PreviewCell>>;

/// The first records of a dataset, one column a leaf; used twice, as they are and as they will leave. GUI thread.
class PreviewTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        StateRole = Qt::UserRole + 1, ///< int of FieldState of the column; only after setStates()
        PresentRole,                  ///< bool
        NullRole,                     ///< bool
        PathRole,                     ///< QString, of the column (also as header data)
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps the columns where the paths are the same, so that widths and the place scrolled to stay.
    void setRows(const QStringList& paths, PreviewRows rows);
    /// Colours of the columns, one a path; empty for none.
    void setStates(std::vector<FieldState> states);
    const QStringList& paths() const { return m_paths; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_paths, m_names;
    PreviewRows m_rows;
    std::vector<FieldState> m_states;
};

} // namespace sealwright::items
