#include "ui/results/result_delegate.h"

#include "models/items/result_list_model.h"
#include "models/items/result_table_model.h"
#include "ui/common/chip.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace sealwright::ui {

using items::ResultCell;
using items::ResultListModel;

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect rect = option.rect;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, colours().selection);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours().line);
    if (!index.data(ResultListModel::SeenRole).toBool()) {
        const QSize chip = chipSize(tr("New"));
        paintChip(*painter, QRect(rect.right() - 13 - chip.width(), rect.top() + 12, chip.width(), chip.height()),
                  tr("New"), Tone::Accent);
    }
    painter->setFont(Theme::font(Type::Body, true));
    painter->setPen(colours().text);
    const QRect name(rect.left() + 14, rect.top() + 12, rect.width() - 90, 20);
    painter->drawText(name, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->setFont(Theme::font(Type::Body));
    painter->setPen(colours().secondary);
    const qint64 created = index.data(ResultListModel::CreatedRole).toLongLong();
    painter->drawText(QRect(rect.left() + 14, rect.top() + 34, rect.width() - 28, 20), Qt::AlignVCenter,
                      tr("made %1 (%2)").arg(dateTime(created), fromNow(created, nowSeconds())));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colours().accent, 2));
        painter->drawRect(rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, 66};
}

CellDelegate::Look ResultCellDelegate::look(const QModelIndex& index) const {
    Look look = CellDelegate::look(index);
    const QVariant state = index.data(items::ResultTableModel::StateRole);
    if (!state.isValid()) {
        look.text = QStringLiteral("…");
        look.colour = colours().secondary;
        return look;
    }
    switch (static_cast<ResultCell::State>(state.toInt())) {
    case ResultCell::State::Value:
        break;
    case ResultCell::State::Null:
        look.text = tr("empty");
        look.colour = colours().secondary;
        break;
    case ResultCell::State::Absent:
        look.text.clear();
        break;
    case ResultCell::State::Sealed:
        look.text = tr("— sealed, this machine has no key for it");
        look.colour = colours().secondary;
        break;
    case ResultCell::State::Altered:
        look.text = tr("— changed after it was sealed");
        look.colour = colours().failed;
        break;
    }
    return look;
}

} // namespace sealwright::ui
