#include "ui/common/fitting_scroll.h"

#include <QEvent>
#include <QLayout>
#include <QResizeEvent>

#include <algorithm>

namespace sealwright::ui {

FittingScroll::FittingScroll(QWidget* content, QWidget* parent) : QScrollArea(parent) {
    content->setProperty("page", true);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->installEventFilter(this);
}

QSize FittingScroll::sizeHint() const {
    const int width = viewport()->width();
    const QLayout* layout = widget()->layout();
    return {widget()->sizeHint().width(),
            layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : widget()->sizeHint().height()};
}

QSize FittingScroll::minimumSizeHint() const {
    return {0, std::min(sizeHint().height(), 60)};
}

void FittingScroll::settle() {
    widget()->layout()->activate();
    updateGeometry();
}

void FittingScroll::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry(); // other lines, another height
}

bool FittingScroll::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace sealwright::ui
