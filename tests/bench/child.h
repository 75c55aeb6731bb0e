#pragma once
#include <QJsonObject>

#include <optional>
#include <string>
#include <vector>

namespace sealwright::bench {

/// What the operating system says about one program that ran and ended.
struct ChildFacts {
    bool well = false;        ///< it ended by itself with status 0
    double seconds = 0;       ///< wall
    double cpuSeconds = 0;    ///< user and system, its own children included where it waited for them
    double peakMebibytes = 0; ///< most that was resident at once
    std::string output;
    QJsonObject said;      ///< the JSON object in its last line of output, where there is one
    std::string complaint; ///< of one that did not end well: its last line of standard error
};

/// Runs a program to its end: each measurement in a process of its own, so that peaks do not mix. `arguments[0]` is
/// looked up in PATH.
ChildFacts run(const std::vector<std::string>& arguments, const std::vector<std::string>& extraEnvironment = {});
/// The same for this program's own `work` command (works.h).
ChildFacts runWork(std::vector<std::string> arguments);

/// The program's place, where PATH has it.
std::optional<std::string> found(const std::string& program);

} // namespace sealwright::bench
