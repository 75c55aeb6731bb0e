#pragma once
#include "models/views/settings_view.h"
#include "ui/common/colours.h"

#include <QFont>
#include <QObject>

namespace sealwright::ui {

/// Sizes of type, in pixels at 96 dpi.
enum class Type { Body, Caption, CardTitle, PageTitle, Welcome };

/// The one place that decides how the program looks: Fusion with a palette and a style sheet. Made on first use, for
/// the one QApplication; GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();

    /// Sets palette, style sheet and font of the application. System follows what the desktop's palette was at start.
    void apply(views::Appearance appearance);
    const Colours& colours() const { return *m_colours; }

    static QFont font(Type type, bool strong = false);
    /// Fixed width, for keys, fingerprints and tokens.
    static QFont fixedFont(Type type = Type::Body);

Q_SIGNALS:
    /// For what paints itself with colours() and caches.
    void changed();

private:
    Theme();
    const Colours* m_colours = nullptr;
    bool m_systemDark = false;
};

/// Shorthand for painting.
inline const Colours& colours() {
    return Theme::instance().colours();
}

} // namespace sealwright::ui
