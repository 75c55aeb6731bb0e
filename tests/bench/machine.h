#pragma once
#include <QJsonObject>

namespace sealwright::bench {

/// What the figures were measured on: cpu, cores, memory_gib, system, build.
QJsonObject machine();

} // namespace sealwright::bench
