#pragma once
#include <string_view>

namespace sealwright::dataset {

/// Is every word of it one that columns are often called by, in English, German, French or Spanish: `Date of birth`,
/// `patient_id`, `firstName`, `Diagnose`? Words that are usual as values are not among them.
bool isColumnName(std::string_view cell);

} // namespace sealwright::dataset
