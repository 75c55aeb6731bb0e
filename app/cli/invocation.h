#pragma once
#include "app/cli/output.h"
#include "models/domain/cancel.h"
#include "models/tasks/services.h"
#include "models/tasks/task.h"

#include <QStringList>

#include <functional>
#include <map>
#include <optional>

// What a command is given, and how it is described (cli.md).
namespace sealwright::cli {

struct OptionSpec {
    QString name;      ///< long, without dashes
    QString valueName; ///< empty: a switch
    QString help;
    bool repeatable = false;
};

class Invocation;

struct CommandSpec {
    QString name;                             ///< "keys init"
    QString arguments;                        ///< "DATA", as the help shows it
    QString help;                             ///< one sentence
    int minPositional = 0, maxPositional = 0; ///< -1: any number
    std::vector<OptionSpec> options;
    /// Runs on a thread of its own while the main thread has the event loop. Its value is the exit status.
    std::function<Outcome<int>(Invocation&)> run;
};

/// Global options, as given.
struct Globals {
    QString keystore = QStringLiteral("keychain");
    std::optional<int> passphraseFd;
    QString passphraseFile, configDir;
    bool json = false, quiet = false;
};

class Invocation {
public:
    Invocation(const CommandSpec& spec, Globals globals, QStringList positional,
               std::multimap<QString, QString> options, std::function<Outcome<Services>()> open, Output& output,
               Cancel cancel);

    const CommandSpec& spec() const { return m_spec; }
    const Globals& globals() const { return m_globals; }
    Output& out() { return m_output; }
    const Cancel& cancel() const { return m_cancel; }

    std::string positional(int index) const;
    std::vector<std::string> positionals() const;
    bool has(const char* option) const;
    std::string value(const char* option) const; ///< empty where it was not given
    std::vector<std::string> values(const char* option) const;

    /// Opened at first use: commands that need no profile do not make one.
    Outcome<Services*> services();
    /// For task functions: cancel and progress to standard error.
    TaskContext context();

private:
    const CommandSpec& m_spec;
    Globals m_globals;
    QStringList m_positional;
    std::multimap<QString, QString> m_options;
    std::function<Outcome<Services>()> m_open;
    std::optional<Services> m_services;
    Output& m_output;
    Cancel m_cancel;
};

/// Wrong use, with one sentence that says what (facts).
inline Err<Failure> wrongUse(std::string what) {
    return fail(Failure(Code::UsageWrong, {std::move(what)}));
}

} // namespace sealwright::cli
