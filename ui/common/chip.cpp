#include "ui/common/chip.h"

#include "ui/common/icons.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace sealwright::ui {
namespace {

constexpr int inset = 9, arrowWidth = 11, crossWidth = 16;

} // namespace

QSize chipSize(const QString& text, bool arrow) {
    const QFontMetrics metrics(Theme::font(Type::Caption));
    return {metrics.horizontalAdvance(text) + 2 * inset + (arrow ? arrowWidth : 0), chipHeight};
}

void paintChip(QPainter& painter, const QRect& rect, const QString& text, Tone tone, bool arrow, bool focused) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colours().tone(tone);
    painter.setPen(QPen(colour, focused ? 2 : 1));
    painter.setBrush(colours().surface);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radiusChip, radiusChip);
    painter.setFont(Theme::font(Type::Caption));
    painter.setPen(colour);
    const QRect words = rect.adjusted(inset, 0, arrow ? -inset - arrowWidth : -inset, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, words.width() + 1));
    if (arrow) {
        const QPointF tip(rect.right() - inset - 2, rect.center().y() + 2.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({tip, tip + QPointF(-3.5, -4.5), tip + QPointF(3.5, -4.5)}));
    }
    painter.restore();
}

Chip::Chip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setTone(Tone tone) {
    m_tone = tone;
    update();
}

void Chip::setRemovable(bool removable) {
    m_removable = removable;
    setFocusPolicy(removable ? Qt::StrongFocus : Qt::NoFocus);
    updateGeometry();
}

QSize Chip::sizeHint() const {
    return chipSize(m_text) + QSize(m_removable ? crossWidth : 0, 0);
}

QSize Chip::minimumSizeHint() const {
    return {qMin(sizeHint().width(), 72), chipHeight};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintChip(painter, rect(), m_text, m_tone, false, hasFocus());
    if (m_removable)
        paintIcon(painter, QRect(width() - crossWidth - 3, (height() - 12) / 2, 12, 12), "close",
                  colours().tone(m_tone));
}

void Chip::mouseReleaseEvent(QMouseEvent* event) {
    if (m_removable && event->position().x() > width() - crossWidth - 6)
        Q_EMIT removed();
}

void Chip::keyPressEvent(QKeyEvent* event) {
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        Q_EMIT removed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sealwright::ui
