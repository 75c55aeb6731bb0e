#include "ui/fields/field_delegate.h"

#include "models/items/field_tree_model.h"
#include "ui/common/chip.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace sealwright::ui {
namespace {

constexpr int chipLeft = 150, rowPixels = 35, nameInset = 10;
using items::FieldState;
using items::FieldTreeModel;

QRect chipIn(const QRect& row, const QModelIndex& index) {
    const QSize chip = chipSize(FieldDelegate::stateText(index), true);
    const int left = qMax(chipLeft, row.left() + 60);
    return {left, row.top() + (row.height() - chip.height()) / 2, chip.width(), chip.height()};
}

} // namespace

QString FieldDelegate::stateText(const QModelIndex& index) {
    const int state = index.data(FieldTreeModel::StateRole).toInt();
    return state < 0 ? tr("Different") : wordFor(static_cast<FieldState>(state));
}

QRect FieldDelegate::chipRect(const QAbstractItemView* view, const QModelIndex& index) {
    return index.isValid() ? chipIn(view->visualRect(index), index) : QRect();
}

void FieldDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect row = option.rect;
    painter->save();
    const int viewWidth = option.widget ? option.widget->width() : row.right();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(QRect(0, row.top(), viewWidth, row.height()), colours().selection);
    painter->fillRect(QRect(0, row.bottom(), viewWidth, 1), colours().line);

    const QRect chip = chipIn(row, index);
    const bool demanded = index.data(FieldTreeModel::DemandedRole).toBool();
    painter->setFont(Theme::font(Type::Body));
    painter->setPen(colours().text);
    const QRect name =
        row.adjusted(nameInset, 0, 0, -1).intersected(QRect(0, row.top(), chip.left() - space8, row.height()));
    const int dotWidth = demanded ? 14 : 0;
    const QString text =
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, name.width() - dotWidth);
    painter->drawText(name, Qt::AlignVCenter, text);
    if (demanded) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colours().text);
        const int x = name.left() + painter->fontMetrics().horizontalAdvance(text) + 10;
        painter->drawEllipse(QPointF(x, row.center().y() + 1), 2.2, 2.2);
    }
    const int state = index.data(FieldTreeModel::StateRole).toInt();
    paintChip(*painter, chip, stateText(index), state < 0 ? Tone::Secondary : toneOf(static_cast<FieldState>(state)),
              true, option.state & QStyle::State_HasFocus);
    painter->restore();
}

QSize FieldDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {chipLeft + 140, rowPixels};
}

bool FieldDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data(FieldTreeModel::PathRole).toString()};
    const int state = index.data(FieldTreeModel::StateRole).toInt();
    if (state >= 0)
        lines.append(meaningOf(static_cast<FieldState>(state)));
    if (const int keeps = index.data(FieldTreeModel::KeepsRole).toInt(); keeps > 0)
        lines.append(tr("%n character(s) stay.", nullptr, keeps));
    const int demand = index.data(FieldTreeModel::DemandRole).toInt();
    if (index.data(FieldTreeModel::DemandedRole).toBool())
        lines.append(demand >= 0 ? tr("• The job demands at least: %1.").arg(wordFor(static_cast<FieldState>(demand)))
                                 : tr("• The job demands something for fields below."));
    QToolTip::showText(event->globalPos(), lines.join(u'\n'), view);
    return true;
}

} // namespace sealwright::ui
