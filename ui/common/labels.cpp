#include "ui/common/labels.h"

#include "ui/common/icons.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHash>
#include <QPushButton>
#include <QToolButton>

namespace sealwright::ui {

namespace {

/// Layouts ask every label of every page, hidden ones too, for its height again whenever anything is shown; a QLabel
/// breaks its text into lines each time. This one remembers.
class WrappingLabel : public QLabel {
public:
    using QLabel::QLabel;

    int heightForWidth(int width) const override {
        if (m_of != text() || m_format != textFormat() || m_heights.size() > 8) {
            m_heights.clear();
            m_of = text();
            m_format = textFormat();
        }
        const auto known = m_heights.constFind(width);
        return known != m_heights.cend() ? *known : *m_heights.insert(width, QLabel::heightForWidth(width));
    }

protected:
    bool event(QEvent* event) override {
        if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
            event->type() == QEvent::Polish || event->type() == QEvent::ContentsRectChange)
            m_heights.clear();
        return QLabel::event(event);
    }

private:
    mutable QString m_of; ///< the text whose heights these are
    mutable Qt::TextFormat m_format = Qt::AutoText;
    mutable QHash<int, int> m_heights; ///< by width
};

} // namespace

QLabel* label(const QString& text, const char* role, QWidget* parent) {
    auto* made = new WrappingLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    if (role)
        made->setProperty("role", QString::fromLatin1(role));
    return made;
}

QString leaded(const QString& html) {
    return QStringLiteral("<p style=\"line-height:118%; margin:0\">%1</p>").arg(html);
}

QLabel* paragraph(const QString& text, const char* role, QWidget* parent) {
    const QString html = text.toHtmlEscaped().replace(
        QStringLiteral("\n\n"), QStringLiteral("</p><p style=\"line-height:118%; margin:8px 0 0 0\">"));
    auto* made = label(leaded(html), role, parent);
    made->setTextFormat(Qt::RichText);
    return made;
}

QString plainTip(const QString& text) {
    QString escaped = text.toHtmlEscaped();
    return text.isEmpty()
               ? QString()
               : QStringLiteral("<qt>%1</qt>").arg(escaped.replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

QString literal(const QString& text) {
    QString doubled = text;
    return doubled.replace(QLatin1Char('&'), QStringLiteral("&&"));
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

QCheckBox* checkBox(const QString& text, QWidget* parent) {
    auto* box = new QCheckBox(text, parent);
    QPalette palette = box->palette();
    palette.setColor(QPalette::Window, colours().handle.lighter(140)); // the style outlines the box by it, darker
    box->setPalette(palette);
    return box;
}

QToolButton* iconButton(const char* icon, const QString& meaning, QWidget* parent) {
    auto* made = new QToolButton(parent);
    made->setIcon(lineIcon(icon));
    made->setIconSize({ui::iconSize, ui::iconSize});
    made->setProperty("kind", QStringLiteral("framed"));
    made->setFixedSize(controlHeight, controlHeight);
    made->setFocusPolicy(Qt::StrongFocus);
    made->setAccessibleName(meaning);
    made->setToolTip(meaning);
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
    setToolTip(shown == m_full ? QString() : plainTip(m_full));
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
