#pragma once
#include <QStyledItemDelegate>
#include <QTableView>

namespace sealwright::ui {

/// Rows with a line under each and a ring around the current cell while the table has the focus. The colour and font of
/// a cell are what style() says.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    struct Look {
        QString text;
        QColor colour;
        bool fixed = false;
        Qt::TextElideMode elide = Qt::ElideRight;
    };
    virtual Look look(const QModelIndex& index) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override; ///< the whole text where it is shortened
};

/// A table as the product has them: no grid, no row numbers, whole rows high, scrolling by pixels.
class Table : public QTableView {
    Q_OBJECT
public:
    explicit Table(QWidget* parent = nullptr);
    /// Three rows: a table takes the room there is, and never takes it from text that wraps.
    QSize sizeHint() const override;
};

} // namespace sealwright::ui
