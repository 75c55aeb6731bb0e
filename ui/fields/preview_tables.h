#pragma once
#include "models/views/fields_view.h"
#include "ui/common/table.h"

#include <QWidget>

namespace sealwright::ui {

/// Cells as they will leave: in their state's colour, tokens shortened in the middle because their beginnings are row
/// numbers.
class LeavingDelegate : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;
    Look look(const QModelIndex& index) const override;
};

/// The same records twice, one table above the other: columns have one width and scroll together.
class PreviewTables : public QWidget {
    Q_OBJECT
public:
    explicit PreviewTables(views::FieldsView& view, QWidget* parent = nullptr);

private:
    QWidget* makeCard(const QString& title, Table* table);
    void fitColumns();

    views::FieldsView& m_view;
    Table* m_before;
    Table* m_after;
};

} // namespace sealwright::ui
