#include "ui/jobs/job_delegate.h"

#include "models/items/job_list_model.h"
#include "ui/common/chip.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace sealwright::ui {

using items::JobListModel;
using items::JobStanding;

QString JobDelegate::factsOf(const QModelIndex& index) {
    const qint64 changed = index.data(JobListModel::ChangedRole).toLongLong();
    switch (static_cast<JobStanding>(index.data(JobListModel::StandingRole).toInt())) {
    case JobStanding::Done:
        return tr("Sealed and sent %1").arg(shortDateTime(changed));
    case JobStanding::Declined:
        return tr("Declined %1").arg(shortDateTime(changed));
    case JobStanding::Failed:
        return tr("Failed %1").arg(shortDateTime(changed));
    case JobStanding::WaitingForYou:
    case JobStanding::Started:
    case JobStanding::Running:
    case JobStanding::InLine:
    case JobStanding::Cancelled:
    case JobStanding::Returned:
    case JobStanding::Expired:
    case JobStanding::Refused:
    case JobStanding::Interrupted:
        break;
    }
    return tr("%1 · until %2")
        .arg(index.data(JobListModel::PlatformRole).toString(),
             shortDate(index.data(JobListModel::ExpiresRole).toLongLong()));
}

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect rect = option.rect;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, colours().selection);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours().line);

    const auto standing = static_cast<JobStanding>(index.data(JobListModel::StandingRole).toInt());
    const QSize chip = chipSize(wordFor(standing));
    const QRect chipRect(rect.right() - 13 - chip.width(), rect.top() + 12, chip.width(), chip.height());
    paintChip(*painter, chipRect, wordFor(standing), toneOf(standing));

    const int left = rect.left() + 14;
    painter->setFont(Theme::font(Type::Body, true));
    painter->setPen(colours().text);
    const QRect name(left, rect.top() + 12, chipRect.left() - left - space8, 20);
    painter->drawText(name, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->setFont(Theme::font(Type::Body));
    painter->setPen(colours().secondary);
    const QRect facts(left, rect.top() + 34, rect.width() - 28, 20);
    painter->drawText(facts, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(factsOf(index), Qt::ElideRight, facts.width()));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colours().accent, 2));
        painter->drawRect(rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

/// The whole name, and times to the minute.
bool JobDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                            const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QStringList lines{index.data().toString(),
                      tr("Until %1").arg(dateTime(index.data(JobListModel::ExpiresRole).toLongLong()))};
    if (const qint64 changed = index.data(JobListModel::ChangedRole).toLongLong(); changed > 0)
        lines.append(tr("Last changed %1").arg(dateTime(changed)));
    QToolTip::showText(event->globalPos(), plainTip(lines.join(QLatin1Char('\n'))), view);
    return true;
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, 66};
}

} // namespace sealwright::ui
