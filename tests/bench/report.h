#pragma once
#include "tests/bench/measures.h"

namespace sealwright::bench {

void print(const Section& section); ///< figures and ratios, for people
void printMachine(const QJsonObject& machine);
QJsonObject report(const QJsonObject& machine, const Setting& setting, const std::vector<Section>& sections);

} // namespace sealwright::bench
