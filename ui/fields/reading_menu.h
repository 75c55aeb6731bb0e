#pragma once
#include "models/views/fields_view.h"

class QMenu;
class QWidget;

namespace sealwright::ui {

/// How the data is read, and how else it could be: delimiter, quotes, header and encoding of a CSV, where a JSON has
/// its records. Every choice asks the view to have the data read again. Empty for JSON Lines, which leave nothing open.
/// Shown with popup(); gone when closed.
QMenu* makeReadingMenu(views::FieldsView& view, QWidget* parent);

} // namespace sealwright::ui
