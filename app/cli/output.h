#pragma once
#include "crypto/base/control_json.h"
#include "models/pipeline/run.h"
#include "models/tasks/task.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace sealwright::cli {

/// What a command says, and where: plain text or one JSON object on standard output; progress, warnings and errors on
/// standard error. Safe on any thread.
class Output {
public:
    Output(bool json, bool quiet);

    bool json() const { return m_json; }
    /// A line for a person on standard output; nothing with --json or --quiet. Whatever is in it, it stays one line and
    /// does not steer the terminal (visible()).
    void say(const std::string& line);
    void table(const std::vector<std::vector<std::string>>& rows);
    /// What the owner must know though the command goes on: a line for a person on standard error, with --json a JSON
    /// line there. `kind` is stable, for scripts; it joins `reported` of the result, or stands beside the error. `job`:
    /// of which of several; the line names it itself.
    void warn(std::string_view kind, const std::string& line, const Where& where = {}, const std::string& job = {});
    /// The command's result with --json, and `reported` with all that was warned of.
    void result(crypto::JsonObject object);
    /// The JSON object goes to standard error instead: standard output carries data.
    void dataOnStandardOutput() { m_toError = true; }
    /// `job`: of which of several, each of which has its own place on the line, and its name with --json.
    void progress(const TaskProgress& progress, const std::string& job = {});
    /// Of other jobs no progress is shown any more.
    void onlyProgressOf(const std::vector<std::string>& jobs);
    /// With --json a line on standard error, {"work": …}, for who follows a command that does not end by itself.
    void news(crypto::JsonObject object);
    /// An error in the form that cli.md fixes.
    void error(const Failure& failure);

private:
    /// How far one job is.
    struct Bar {
        int step = -1;
        std::chrono::steady_clock::time_point last{}, stepBegan{};
        std::uint64_t stepFrom = 0;
        std::string text;
    };
    void clearBar();
    void drawBars();
    void print(std::FILE* stream, const std::string& line);
    void printJson(std::FILE* stream, crypto::JsonObject object);

    const bool m_json, m_quiet, m_terminal;
    bool m_toError = false, m_bar = false;
    std::mutex m_mutex;
    std::map<std::string, Bar> m_bars; ///< by job; the only one has no name
    crypto::JsonArray m_reported;
};

/// Warns of what a reader reported.
void warnOf(Output& out, const std::vector<pipeline::Finding>& findings, std::uint64_t count);

crypto::Json whereJson(const Where& where);

} // namespace sealwright::cli
