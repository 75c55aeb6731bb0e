#include "ui/common/labels.h"

#include "ui/common/theme.h"

#include <QPushButton>

namespace sealwright::ui {

QLabel* label(const QString& text, const char* role, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    if (role)
        made->setProperty("role", QString::fromLatin1(role));
    return made;
}

QLabel* fixedLabel(const QString& text, QWidget* parent) {
    auto* made = label(text, nullptr, parent);
    made->setFont(Theme::fixedFont());
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return made;
}

QPushButton* button(const QString& text, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setAutoDefault(false);
    return made;
}

QPushButton* primaryButton(const QString& text, QWidget* parent) {
    auto* made = button(text, parent);
    made->setProperty("kind", QStringLiteral("primary"));
    return made;
}

QPushButton* linkButton(const QString& text, QWidget* parent) {
    auto* made = button(text, parent);
    made->setProperty("kind", QStringLiteral("link"));
    made->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return made;
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setFullText(const QString& text, Qt::TextElideMode mode) {
    m_full = text;
    m_mode = mode;
    setAccessibleName(text);
    updateGeometry();
    fit();
}

QSize ElidedLabel::minimumSizeHint() const {
    return {fontMetrics().averageCharWidth() * 8, QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_full) + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    fit();
}

void ElidedLabel::fit() {
    const QString shown = fontMetrics().elidedText(m_full, m_mode, width());
    setText(shown);
    setToolTip(shown == m_full ? QString() : m_full);
}

Card::Card(QWidget* parent) : QFrame(parent) {
    setProperty("card", true);
}

QFrame* rule(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("rule", true);
    return line;
}

} // namespace sealwright::ui
