#pragma once
#include "models/items/file_list_model.h"

#include <QStyledItemDelegate>

namespace sealwright::ui {

/// One file: its name, what is or was done with it, and a bar while it is worked on.
class FileDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    static QString statusOf(const items::FileRow& row);
};

} // namespace sealwright::ui
