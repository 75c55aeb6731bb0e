#include "ui/fields/field_delegate.h"

#include "models/items/field_tree_model.h"
#include "ui/common/chip.h"
#include "ui/common/labels.h"
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
    // FORMAT.md §4 calls what stands around the records "$".
    const bool around = index.data(FieldTreeModel::PathRole).toString() == QLatin1String("$");
    const QString text = painter->fontMetrics().elidedText(around ? tr("around the records") : index.data().toString(),
                                                           Qt::ElideMiddle, name.width() - dotWidth);
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
    QToolTip::showText(event->globalPos(),
                       plainTip(index.data(FieldTreeModel::PathRole).toString() + u'\n' + meaningText(index)), view);
    return true;
}

QString FieldDelegate::meaningText(const QModelIndex& index) {
    if (!index.isValid())
        return {};
    QStringList lines;
    const int state = index.data(FieldTreeModel::StateRole).toInt();
    if (state >= 0)
        lines.append(meaningOf(static_cast<FieldState>(state)));
    else
        lines.append(tr("The fields below have different states; one that is chosen here is given to all of them."));
    if (const int keeps = index.data(FieldTreeModel::KeepsRole).toInt(); keeps > 0)
        lines.append(tr("%n character(s) stay.", nullptr, keeps));
    const int demand = index.data(FieldTreeModel::DemandRole).toInt();
    if (!index.data(FieldTreeModel::DemandedRole).toBool())
        return lines.join(u'\n');
    if (demand < 0)
        lines.append(tr("• The job says something about fields below."));
    else if (static_cast<FieldState>(demand) == FieldState::Readable)
        lines.append(tr("• The job asks for it readable; you may protect it."));
    else
        lines.append(tr("• The job demands at least: %1.").arg(wordFor(static_cast<FieldState>(demand))));
    return lines.join(u'\n');
}

} // namespace sealwright::ui
