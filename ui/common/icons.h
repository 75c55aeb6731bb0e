#pragma once
#include "ui/common/colours.h"

#include <QIcon>

class QPainter;
class QRect;

namespace sealwright::ui {

/// A line icon of resources/icons by its name, in a colour of the theme that is in force when it is painted; so it
/// needs no renewal when the theme changes. Disabled ones take the secondary colour.
QIcon lineIcon(const char* name, Tone tone = Tone::Text);
void paintIcon(QPainter& painter, const QRect& rect, const char* name, const QColor& colour);

} // namespace sealwright::ui
