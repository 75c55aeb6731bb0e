#pragma once
#include "ui/common/colours.h"

#include <QSize>
#include <QWidget>

class QPainter;

namespace sealwright::ui {

/// A word in a rounded frame of its colour. `arrow` says that it opens a menu.
QSize chipSize(const QString& text, bool arrow = false);
void paintChip(QPainter& painter, const QRect& rect, const QString& text, Tone tone, bool arrow = false,
               bool focused = false);

/// The same as a widget. A removable one has a cross, is reached by Tab, and goes with Delete or a click on the cross.
class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(QWidget* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setTone(Tone tone);
    void setRemovable(bool removable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; ///< the word can be shortened

Q_SIGNALS:
    void removed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Secondary;
    bool m_removable = false;
};

} // namespace sealwright::ui
