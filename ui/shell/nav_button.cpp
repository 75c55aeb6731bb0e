#include "ui/shell/nav_button.h"

#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace sealwright::ui {

NavButton::NavButton(const char* icon, const QString& name, const QString& shortcut, QWidget* parent)
    : QAbstractButton(parent), m_icon(icon), m_tip(QStringLiteral("%1 (%2)").arg(name, shortcut)) {
    setText(name);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus); // a click goes on to the page
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
    setToolTip(m_tip);
    setCursor(Qt::PointingHandCursor);
}

void NavButton::setBadge(const QString& badge, const QString& meaning) {
    if (badge == m_badge && meaning == accessibleDescription())
        return;
    m_badge = badge;
    setAccessibleDescription(meaning);
    setToolTip(meaning.isEmpty() ? m_tip : plainTip(m_tip + QLatin1Char('\n') + meaning));
    update();
}

QSize NavButton::sizeHint() const {
    return {navigationWidth - 2 * space12, 35};
}

void NavButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours& shown = colours();
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? shown.selection : shown.surface);
        painter.drawRoundedRect(rect(), radiusControl, radiusControl);
    }
    const QColor ink = isChecked() ? shown.accent : shown.text;
    paintIcon(painter, QRect(10, (height() - ui::iconSize) / 2, ui::iconSize, ui::iconSize), m_icon, ink);
    painter.setPen(ink);
    painter.setFont(Theme::font(Type::Body, isChecked()));
    painter.drawText(rect().adjusted(38, 0, -44, 0), Qt::AlignVCenter | Qt::AlignLeft, text());

    if (!m_badge.isEmpty()) {
        const QFont font = Theme::font(Type::Caption, true);
        painter.setFont(font);
        const int width = qMax(20, QFontMetrics(font).horizontalAdvance(m_badge) + 14);
        const QRect frame(rect().right() - 9 - width, (height() - 18) / 2, width, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(shown.accent);
        painter.drawRoundedRect(frame, 9, 9);
        painter.setPen(shown.onAccent);
        painter.drawText(frame, Qt::AlignCenter, m_badge);
    }
    if (hasFocus()) {
        painter.setPen(QPen(shown.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radiusControl, radiusControl);
    }
}

} // namespace sealwright::ui
