#pragma once
#include "models/items/field_state.h"
#include "models/items/job_list_model.h"
#include "ui/common/colours.h"

#include <QString>

// The words of the product for what the models know, and the colour that stands with each.
namespace sealwright::ui {

QString wordFor(items::FieldState state);
/// What choosing it means, in one sentence.
QString meaningOf(items::FieldState state);
Tone toneOf(items::FieldState state);

QString wordFor(items::JobStanding standing);
Tone toneOf(items::JobStanding standing);

/// "Cohort Platform — it made this key", "This machine", "orbit · maple … (not known here)".
QString wordFor(const items::Opener& opener);
Tone toneOf(const items::Opener& opener);
/// In the middle of a sentence: "this machine".
QString nameInSentence(const items::Opener& opener);

} // namespace sealwright::ui
