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

    /// Takes what the content has become at once; else that comes by and by from the event loop, and a frame may be
    /// painted in which it is squeezed.
    void settle();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace sealwright::ui
