#include "ui/files/file_delegate.h"

#include "ui/common/chip.h"
#include "ui/common/error_sentences.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sealwright::ui {
namespace {

using items::FileRow;

struct Look {
    QString word;
    Tone tone;
};

Look lookOf(const FileRow& row) {
    const bool seal = row.work == FileRow::Work::Seal;
    switch (row.stage) {
    case FileRow::Stage::Ready:
        return {seal ? FileDelegate::tr("Will be sealed") : FileDelegate::tr("Will be opened"), Tone::Secondary};
    case FileRow::Stage::Waiting:
        return {FileDelegate::tr("Waiting its turn"), Tone::Secondary};
    case FileRow::Stage::Working:
        return {seal ? FileDelegate::tr("Sealing") : FileDelegate::tr("Opening"), Tone::Accent};
    case FileRow::Stage::Done:
        return {seal ? FileDelegate::tr("Sealed") : FileDelegate::tr("Opened"),
                row.failure ? Tone::Readable : Tone::Sealed};
    case FileRow::Stage::Failed:
        return {FileDelegate::tr("Failed"), Tone::Failed};
    case FileRow::Stage::Cancelled:
        return {FileDelegate::tr("Cancelled"), Tone::LeftOut};
    }
    return {};
}

const FileRow* rowOf(const QModelIndex& index) {
    const auto* model = qobject_cast<const items::FileListModel*>(index.model());
    return model ? model->find(index.data(items::FileListModel::IdRole).toInt()) : nullptr;
}

} // namespace

QString FileDelegate::statusOf(const FileRow& row) {
    switch (row.stage) {
    case FileRow::Stage::Ready:
    case FileRow::Stage::Waiting:
        if (row.spreadsheet)
            return tr("A spreadsheet is sealed whole; save it as CSV to choose fields.");
        if (row.folder)
            return tr("Folder, sealed as one");
        if (!row.size)
            return tr("Looking at it…");
        return row.dataset ? tr("Sealed dataset, %1").arg(sizeText(*row.size)) : sizeText(*row.size);
    case FileRow::Stage::Working:
        return row.total > 0 ? sizeOf(row.done, row.total) : tr("Preparing");
    case FileRow::Stage::Done:
        if (row.work == FileRow::Work::Seal)
            return tr("as %1").arg(row.result);
        return (row.signer.isEmpty() ? tr("into %1 · signed by nobody known here").arg(row.result)
                                     : tr("into %1 · signed by %2").arg(row.result, row.signer)) +
               (row.failure ? tr(" · not everything is in order") : QString());
    case FileRow::Stage::Failed:
        return row.failure ? whatHappened(*row.failure) + QLatin1Char(' ') + whatItMeans(row.failure->code) : QString();
    case FileRow::Stage::Cancelled:
        return tr("Nothing was written.");
    }
    return {};
}

void FileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const FileRow* row = rowOf(index);
    if (!row)
        return;
    const QRect rect = option.rect;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, colours().selection);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours().line);
    const char* icon = row->folder ? "folder" : row->work == FileRow::Work::Open ? "lock" : "files";
    paintIcon(*painter, QRect(rect.left() + 14, rect.top() + 12, iconSize, iconSize), icon, colours().secondary);

    const QRect cross = crossRect(rect);
    paintIcon(*painter, cross.adjusted(2, 2, -2, -2), "close", colours().secondary);
    const Look look = lookOf(*row);
    const QSize chip = chipSize(look.word);
    const QRect chipRect(cross.left() - space12 - chip.width(), rect.top() + 11, chip.width(), chip.height());
    paintChip(*painter, chipRect, look.word, look.tone);

    const int left = rect.left() + 44;
    painter->setFont(Theme::font(Type::Body, true));
    painter->setPen(colours().text);
    const QRect name(left, rect.top() + 10, chipRect.left() - left - space8, 20);
    painter->drawText(name, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(row->name, Qt::ElideMiddle, name.width()));
    painter->setFont(Theme::font(Type::Body));
    painter->setPen(row->stage == FileRow::Stage::Failed ? colours().failed : colours().secondary);
    const QRect status(left, rect.top() + 31, rect.right() - 13 - left, 20);
    painter->drawText(status, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(statusOf(*row), Qt::ElideRight, status.width()));
    if (row->stage == FileRow::Stage::Working) {
        const QRect groove(left, rect.bottom() - 8, rect.right() - 13 - left, 4);
        painter->fillRect(groove, colours().line);
        if (row->total > 0) {
            QRect done = groove;
            done.setWidth(
                static_cast<int>(groove.width() * (static_cast<double>(row->done) / static_cast<double>(row->total))));
            painter->fillRect(done, colours().accent);
        }
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colours().accent, 2));
        painter->drawRect(rect.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

QRect FileDelegate::crossRect(const QRect& line) {
    return {line.right() - 13 - iconSize, line.top() + 13, iconSize, iconSize};
}

bool FileDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                               const QModelIndex& index) {
    if (event->type() != QEvent::MouseButtonRelease)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || !crossRect(option.rect).contains(mouse->position().toPoint()))
        return false;
    Q_EMIT crossed(index.data(items::FileListModel::IdRole).toInt());
    return true;
}

bool FileDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    const FileRow* row = rowOf(index);
    if (event->type() != QEvent::ToolTip || !row)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const bool busy = row->stage == FileRow::Stage::Waiting || row->stage == FileRow::Stage::Working;
    QToolTip::showText(event->globalPos(),
                       crossRect(option.rect).contains(event->pos())
                           ? (busy ? tr("Cancel (Del)") : tr("Remove from the list (Del)"))
                           : plainTip(row->path + QLatin1Char('\n') + statusOf(*row)),
                       view);
    return true;
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, 64};
}

} // namespace sealwright::ui
