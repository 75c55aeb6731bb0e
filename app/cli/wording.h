#pragma once
#include "models/pipeline/run.h"

#include <string>
#include <string_view>

// Numbers and places as a person reads them on a terminal.
namespace sealwright::cli {

std::string sizeText(std::uint64_t bytes);  ///< "540 MB"
std::string durationText(double seconds);   ///< "11 seconds", "2 min 5 s"
std::string countText(std::uint64_t count); ///< "9,634,648"
/// The text with all that could steer a terminal shown instead of sent: control characters, what turns the direction of
/// writing, and bytes that are no UTF-8. Names and paths come from others.
std::string visible(std::string_view text);
std::string placeText(const Where& where); ///< "patients.csv, record 3, field name, byte 120"
std::string findingText(pipeline::Finding::Kind kind);
std::string dateText(std::int64_t when); ///< "2026-11-30 18:00 UTC"
std::string
tableText(std::vector<std::vector<std::string>> rows); ///< columns aligned, two spaces between; cells visible()

} // namespace sealwright::cli
