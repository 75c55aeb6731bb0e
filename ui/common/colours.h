#pragma once
#include <QColor>

namespace sealwright::ui {

/// What a colour says. It never speaks alone: a word stands with it.
enum class Tone { Text, Secondary, Accent, Sealed, Joinable, Masked, LeftOut, Readable, Failed };

/// One theme's colours. Every pair that is used together has at least 4.5:1.
struct Colours {
    QColor window, surface, line, text, secondary, accent, onAccent, selection;
    QColor sealed, joinable, masked, leftOut, readable, failed;
    QColor sealedGround, readableGround, failedGround;
    QColor handle; ///< of scroll bars: 3:1 on a surface
    bool dark = false;

    QColor tone(Tone tone) const;
};

const Colours& lightColours();
const Colours& darkColours();

/// WCAG 2.1 contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b);

} // namespace sealwright::ui
