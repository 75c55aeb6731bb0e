#include "models/tasks/pace.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sealwright {

namespace {

constexpr auto paceSetting = "run.bytes-per-second";
constexpr double passesOfARun = 4;

} // namespace

std::optional<double> keptPace(const Services& services) {
    const auto kept = services.ledger->setting(paceSetting);
    if (!kept || !*kept)
        return std::nullopt;
    std::uint64_t pace = 0;
    const std::string& text = **kept;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), pace);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || pace == 0)
        return std::nullopt;
    return static_cast<double>(pace);
}

Outcome<void> keepPace(const Services& services, std::uint64_t bytes, double seconds) {
    if (bytes < paceCountsFrom || seconds <= 0)
        return {};
    const double now = static_cast<double>(bytes) / seconds;
    const double before = keptPace(services).value_or(now);
    const auto pace = static_cast<std::uint64_t>(std::llround(std::max(1.0, (before + now) / 2)));
    return services.ledger->setSetting(paceSetting, std::to_string(pace));
}

std::optional<double> paceFromPass(std::uint64_t bytes, double seconds) {
    if (bytes < paceCountsFrom || seconds <= 0)
        return std::nullopt;
    return static_cast<double>(bytes) / seconds / passesOfARun;
}

} // namespace sealwright
