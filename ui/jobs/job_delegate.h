#pragma once
#include <QStyledItemDelegate>

namespace sealwright::ui {

/// A job in the list: its name, who asks and until when, and its state as a chip.
class JobDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    /// The second line.
    static QString factsOf(const QModelIndex& index);
};

} // namespace sealwright::ui
