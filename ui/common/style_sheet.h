#pragma once
#include "ui/common/colours.h"

#include <QString>

namespace sealwright::ui {

/// The style sheet of one theme. Widgets choose from it by these properties: "role" of a label (title, cardTitle,
/// caption, secondary, lead), "kind" of a button (primary, link), "card" of a frame, "band" of a band (info, good,
/// attention, failure).
QString styleSheet(const Colours& colours);

} // namespace sealwright::ui
