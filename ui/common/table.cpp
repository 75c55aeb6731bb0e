#include "ui/common/table.h"

#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QDateTime>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QToolTip>

namespace sealwright::ui {
namespace {

constexpr int cellInset = 10;

/// Line ends, with the white space around them, become one space; all other white space stays as it is.
QString oneLine(const QString& text) {
    static const QRegularExpression lineEnds(QStringLiteral("\\s*[\n\r]\\s*"));
    return text.contains(u'\n') || text.contains(u'\r') ? QString(text).replace(lineEnds, QStringLiteral(" ")) : text;
}

QFont fontOf(const CellDelegate::Look& look) {
    return look.fixed ? Theme::fixedFont() : Theme::font(Type::Body);
}

} // namespace

CellDelegate::Look CellDelegate::look(const QModelIndex& index) const {
    const QVariant value = index.data();
    Look look;
    look.text =
        value.typeId() == QMetaType::QDateTime ? mediumDate(value.toDateTime().toSecsSinceEpoch()) : value.toString();
    look.text = oneLine(look.text);
    look.colour = colours().text;
    return look;
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Look shown = look(index);
    const QRect rect = option.rect;
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(rect, colours().selection);
    painter->setFont(fontOf(shown));
    painter->setPen(shown.colour);
    const QRect words = rect.adjusted(cellInset, 0, -cellInset, -1);
    const QString text = painter->fontMetrics().elidedText(shown.text, shown.elide, words.width());
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours().line);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colours().accent, 1));
        painter->drawRect(rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const Look shown = look(index);
    return {QFontMetrics(fontOf(shown)).horizontalAdvance(shown.text) + 2 * cellInset + 2, tableRow};
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const bool shortened = sizeHint(option, index).width() > option.rect.width();
    QToolTip::showText(event->globalPos(), shortened ? plainTip(look(index).text) : QString(), view);
    return true;
}

Table::Table(QWidget* parent) : QTableView(parent) {
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(tableRow);
    verticalHeader()->setMinimumSectionSize(tableRow);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setFixedHeight(tableRow);
    horizontalHeader()->setSectionsClickable(false);
}

QSize Table::sizeHint() const {
    return {QTableView::sizeHint().width(), 3 * tableRow};
}

} // namespace sealwright::ui
