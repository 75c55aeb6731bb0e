#pragma once
#include <QScrollArea>

namespace sealwright::ui {

/// A column that takes the height its content needs, and scrolls it where there is less room.
class FittingScroll : public QScrollArea {
    Q_OBJECT
public:
    /// `content` has a layout; it becomes this one's.
    FittingScroll(QWidget* content, QWidget* parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace sealwright::ui
