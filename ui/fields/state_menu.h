#pragma once
#include "models/views/fields_view.h"

class QMenu;
class QWidget;

namespace sealwright::ui {

/// The states that one or several fields can be given, each with what it means; what the job does not allow is disabled
/// and says so. `indexes` are of view.fields(). Shown with popup(); gone when closed.
QMenu* makeStateMenu(views::FieldsView& view, const QModelIndexList& indexes, QWidget* parent);

} // namespace sealwright::ui
