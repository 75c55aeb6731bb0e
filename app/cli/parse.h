#pragma once
#include "app/cli/commands.h"

namespace sealwright::cli {

struct Parsed {
    const CommandSpec* command = nullptr; ///< null: show the list of commands
    Globals globals;
    QStringList positional;
    std::multimap<QString, QString> options;
    bool help = false, version = false;
};

/// Global options may stand anywhere. UsageWrong (facts: a sentence). `globals` is filled as far as it was read, so
/// that an error can be said in the form that was asked for.
Outcome<void> parseArguments(const QStringList& arguments, Parsed& parsed);

std::string helpText(const CommandSpec& command);
std::string overviewText();

} // namespace sealwright::cli
