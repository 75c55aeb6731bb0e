#pragma once
#include <QStyledItemDelegate>

namespace sealwright::ui {

/// A field in the tree: its name, a dot where the job demands something, and its state as a chip that opens a menu.
class FieldDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    /// Where the chip stands in the view; empty for an invalid index.
    static QRect chipRect(const QAbstractItemView* view, const QModelIndex& index);
    /// Its word: "Sealed", or "Different" for a container whose fields differ.
    static QString stateText(const QModelIndex& index);
    /// What that means, how much stays readable, and what the job says of the field; a line each.
    static QString meaningText(const QModelIndex& index);
};

} // namespace sealwright::ui
