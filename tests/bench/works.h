#pragma once
#include <string>
#include <vector>

namespace sealwright::bench {

/// What is measured, each in a process of its own; prints one JSON object with `seconds` (wall) and `cpu_seconds` of
/// the work alone, without start and key generation:
///     seal-table SOURCE TARGET         the real pipeline: four columns, no padding
///     profile SOURCE                   the pass before it, which the metadata come from
///     minimal SOURCE TARGET            sealMinimal()
///     round-trip csv|jsonl SOURCE TARGET   seals, opens again, compares with the source
///     package SOURCE TARGET            one file as a sealed package
///     upload SOURCE BUCKET OBJECT      to the store that SEALWRIGHT_S3_… name
/// Gives the exit status.
int work(const std::vector<std::string>& arguments);

/// The keys that every way of sealing the table uses, so that their outputs can be compared: no secrets.
std::string dekHex();
std::string runHex();

} // namespace sealwright::bench
