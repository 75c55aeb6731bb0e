#pragma once
#include "ui/common/table.h"

namespace sealwright::ui {

/// A result in the list: its name, when it came, and whether it is new.
class ResultDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A restored value; what could not be opened is named in words, with the reason.
class ResultCellDelegate : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;
    Look look(const QModelIndex& index) const override;
};

} // namespace sealwright::ui
