#pragma once
#include "models/items/file_list_model.h"

#include <QStyledItemDelegate>

namespace sealwright::ui {

/// One file: its name, what is or was done with it, a bar while it is worked on, and a cross that takes it away or
/// stops the work.
class FileDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    static QString statusOf(const items::FileRow& row);
    static QRect crossRect(const QRect& line);

Q_SIGNALS:
    void crossed(int id);
};

} // namespace sealwright::ui
