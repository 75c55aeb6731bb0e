#include "ui/common/colours.h"

#include <algorithm>
#include <cmath>

namespace sealwright::ui {
namespace {

double luminance(const QColor& colour) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(static_cast<double>(colour.redF())) + 0.7152 * linear(static_cast<double>(colour.greenF())) +
           0.0722 * linear(static_cast<double>(colour.blueF()));
}

} // namespace

QColor Colours::tone(Tone tone) const {
    switch (tone) {
    case Tone::Text:
        return text;
    case Tone::Secondary:
        return secondary;
    case Tone::Accent:
        return accent;
    case Tone::Sealed:
        return sealed;
    case Tone::Joinable:
        return joinable;
    case Tone::Masked:
        return masked;
    case Tone::LeftOut:
        return leftOut;
    case Tone::Readable:
        return readable;
    case Tone::Failed:
        return failed;
    }
    return text;
}

const Colours& lightColours() {
    static const Colours colours{.window = QColor(0xF5F6F8),
                                 .surface = QColor(0xFFFFFF),
                                 .line = QColor(0xDDE1E6),
                                 .text = QColor(0x1B1F24),
                                 .secondary = QColor(0x57606A),
                                 .accent = QColor(0x0F6D73),
                                 .onAccent = QColor(0xFFFFFF),
                                 .selection = QColor(0xE3F1F1),
                                 .sealed = QColor(0x116B4F),
                                 .joinable = QColor(0x6D28D9),
                                 .masked = QColor(0x1D4ED8),
                                 .leftOut = QColor(0x475569),
                                 .readable = QColor(0xA04A06),
                                 .failed = QColor(0xB42318),
                                 .sealedGround = QColor(0xE8F5EF),
                                 .readableGround = QColor(0xFDF3E7),
                                 .failedGround = QColor(0xFDEEEC),
                                 .handle = QColor(0x858E98),
                                 .dark = false};
    return colours;
}

const Colours& darkColours() {
    static const Colours colours{.window = QColor(0x15181C),
                                 .surface = QColor(0x1D2126),
                                 .line = QColor(0x323941),
                                 .text = QColor(0xE6E9ED),
                                 .secondary = QColor(0xA5AFBA),
                                 .accent = QColor(0x3FB8B0),
                                 .onAccent = QColor(0x0B1416),
                                 .selection = QColor(0x1F3537),
                                 .sealed = QColor(0x5BD0A2),
                                 .joinable = QColor(0xC4B5FD),
                                 .masked = QColor(0x93C5FD),
                                 .leftOut = QColor(0xC3CCD6),
                                 .readable = QColor(0xF4B860),
                                 .failed = QColor(0xFF8F84),
                                 .sealedGround = QColor(0x1A2F28),
                                 .readableGround = QColor(0x33291A),
                                 .failedGround = QColor(0x381F1E),
                                 .handle = QColor(0x6B7681),
                                 .dark = true};
    return colours;
}

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace sealwright::ui
