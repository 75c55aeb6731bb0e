#pragma once
#include <QFrame>
#include <QLabel>

class QCheckBox;
class QPushButton;
class QToolButton;

// Small pieces that every page is put together from.
namespace sealwright::ui {

/// `role` as the style sheet knows it: title, cardTitle, caption, secondary, lead. Wraps, and is plain text.
QLabel* label(const QString& text, const char* role = nullptr, QWidget* parent = nullptr);
/// Running text with room between its lines; plain text goes in, and is escaped. An empty line parts paragraphs.
QLabel* paragraph(const QString& text, const char* role = nullptr, QWidget* parent = nullptr);
/// What paragraph() shows; `html` is taken as it is.
QString leaded(const QString& html);
/// For tooltips: shown as it is, though it looks like rich text. Names and values of others go through it.
QString plainTip(const QString& text);
/// For menus and buttons, where a single & would underline what follows.
QString literal(const QString& text);
/// Can be selected with mouse and keyboard.
QLabel* fixedLabel(const QString& text, QWidget* parent = nullptr);

QPushButton* button(const QString& text, QWidget* parent = nullptr);
QPushButton* primaryButton(const QString& text, QWidget* parent = nullptr);
QPushButton* linkButton(const QString& text, QWidget* parent = nullptr);
/// Only an icon, in a frame; `meaning` is its name and its tooltip.
QToolButton* iconButton(const char* icon, const QString& meaning, QWidget* parent = nullptr);

/// Its box stands out from whatever it is on, in the theme of the time: for dialogs, which do not outlive a theme.
QCheckBox* checkBox(const QString& text, QWidget* parent = nullptr);

/// One line that shortens itself; the whole is in its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text, Qt::TextElideMode mode = Qt::ElideMiddle);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    QString m_full;
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

/// A surface with a border: what belongs together.
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
};

/// A line of one pixel.
QFrame* rule(QWidget* parent = nullptr);

} // namespace sealwright::ui
