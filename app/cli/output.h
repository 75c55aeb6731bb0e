#pragma once
#include "crypto/base/control_json.h"
#include "models/pipeline/run.h"
#include "models/tasks/task.h"

#include <chrono>
#include <mutex>
#include <string>

namespace sealwright::cli {

/// What a command says, and where: plain text or one JSON object on standard output; progress, warnings and errors on
/// standard error. Safe on any thread.
class Output {
public:
    Output(bool json, bool quiet);

    bool json() const { return m_json; }
    /// A line for a person on standard output; nothing with --json or --quiet.
    void say(const std::string& line);
    /// A line for a person on standard error; with --json it joins `reported` of the result.
    void warn(const std::string& line);
    /// The command's result with --json.
    void result(crypto::JsonObject object);
    /// The JSON object goes to standard error instead: standard output carries data.
    void dataOnStandardOutput() { m_toError = true; }
    void progress(const TaskProgress& progress);
    /// An error in the form that cli.md fixes.
    void error(const Failure& failure);

private:
    void clearBar();
    void print(std::FILE* stream, const std::string& line);

    const bool m_json, m_quiet, m_terminal;
    bool m_toError = false, m_bar = false;
    std::mutex m_mutex;
    std::chrono::steady_clock::time_point m_lastBar{}, m_stepBegan{};
    std::uint64_t m_stepFrom = 0;
    int m_step = -1;
};

/// What a reader reported, for `reported` and as lines on standard error.
crypto::JsonArray reportedJson(const std::vector<pipeline::Finding>& findings);
void warnOf(Output& out, const std::vector<pipeline::Finding>& findings, std::uint64_t count);

crypto::Json whereJson(const Where& where);

} // namespace sealwright::cli
