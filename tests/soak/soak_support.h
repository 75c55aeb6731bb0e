#pragma once
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/platform_process.h"

#include <QByteArray>

#include <cstdlib>

namespace sealwright::soak {

/// Qt Test ends a function after five minutes; here some take an hour. Read before the first one starts.
inline const bool patient = qputenv("QTEST_FUNCTION_TIMEOUT", "14400000");

/// SEALWRIGHT_SOAK makes everything smaller, to see that it works: "0.01" is a hundredth. 1 is the real one.
inline double scale() {
    const QByteArray value = qgetenv("SEALWRIGHT_SOAK");
    bool good = false;
    const double number = value.toDouble(&good);
    return good && number > 0 ? number : 1;
}

/// That much of `whole`, and no less than `least`.
template <typename Number>
Number scaled(Number whole, Number least) {
    const auto part = static_cast<Number>(static_cast<double>(whole) * scale());
    return part < least ? least : part;
}

/// One more job for a file of the owner's; its id, or nothing.
inline std::string orderJob(test::PlatformProcess& platform, const std::string& machineId, const std::string& name) {
    test::JobOrder order{machineId, name};
    order.source.emplace_back("media_type", "text/csv");
    order.prefix = "loader/soak/";
    return test::placeForId(platform, std::move(order));
}

} // namespace sealwright::soak
