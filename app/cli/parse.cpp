#include "app/cli/parse.h"

#include <algorithm>

namespace sealwright::cli {

namespace {

struct GlobalOption {
    OptionSpec spec;
    std::function<bool(Globals&, const QString&)> set;
};

const std::vector<GlobalOption>& globalOptions() {
    static const std::vector<GlobalOption> all{
        {{QStringLiteral("keystore"), QStringLiteral("keychain | file:DIR"),
          QStringLiteral("Where the private keys are kept (default keychain).")},
         [](Globals& g, const QString& v) {
             g.keystore = v;
             return true;
         }},
        {{QStringLiteral("passphrase-fd"), QStringLiteral("N"),
          QStringLiteral("Read the keystore's passphrase from this file descriptor.")},
         [](Globals& g, const QString& v) {
             bool number = false;
             g.passphraseFd = v.toInt(&number);
             return number && *g.passphraseFd >= 0;
         }},
        {{QStringLiteral("passphrase-file"), QStringLiteral("F"),
          QStringLiteral("Read the keystore's passphrase from this file.")},
         [](Globals& g, const QString& v) {
             g.passphraseFile = v;
             return true;
         }},
        {{QStringLiteral("config"), QStringLiteral("DIR"), QStringLiteral("The profile: what the program remembers.")},
         [](Globals& g, const QString& v) {
             g.configDir = v;
             return true;
         }},
        {{QStringLiteral("json"),
          {},
          QStringLiteral("One JSON object on standard output, progress as JSON lines on standard error.")},
         [](Globals& g, const QString&) {
             g.json = true;
             return true;
         }},
        {{QStringLiteral("quiet"), {}, QStringLiteral("Say nothing but errors.")},
         [](Globals& g, const QString&) {
             g.quiet = true;
             return true;
         }},
    };
    return all;
}

const OptionSpec* commandOption(const CommandSpec* command, const QString& name) {
    if (!command)
        return nullptr;
    const auto found = std::find_if(command->options.begin(), command->options.end(),
                                    [&](const OptionSpec& o) { return o.name == name; });
    return found == command->options.end() ? nullptr : &*found;
}

/// Takes the command's words off the front of `words`, two where they make a command.
const CommandSpec* commandOf(QStringList& words) {
    for (const qsizetype count : {qsizetype{2}, qsizetype{1}}) {
        if (words.size() < count)
            continue;
        const QString name = words.mid(0, count).join(QLatin1Char(' '));
        for (const CommandSpec& command : commands()) {
            if (command.name == name) {
                words = words.mid(count);
                return &command;
            }
        }
    }
    return nullptr;
}

/// The words that are neither options nor their values, as far as global options tell: enough to find the command.
QStringList leadingWords(const QStringList& arguments) {
    QStringList words;
    for (qsizetype i = 0; i < arguments.size() && words.size() < 2; ++i) {
        if (!arguments[i].startsWith(QLatin1String("--"))) {
            words << arguments[i];
            continue;
        }
        for (const GlobalOption& option : globalOptions())
            if (arguments[i] == QLatin1String("--") + option.spec.name && !option.spec.valueName.isEmpty())
                ++i;
    }
    return words;
}

std::string optionLine(const OptionSpec& option) {
    std::string head = "  --" + option.name.toStdString();
    if (!option.valueName.isEmpty())
        head += " " + option.valueName.toStdString();
    head += head.size() < 30 ? std::string(30 - head.size(), ' ') : std::string("\n") + std::string(30, ' ');
    return head + option.help.toStdString() + "\n";
}

} // namespace

Outcome<void> parseArguments(const QStringList& arguments, Parsed& parsed) {
    // A caller that reads JSON gets it too where the words before --json are wrong.
    parsed.globals.json = arguments.contains(QLatin1String("--json"));
    QStringList leading = leadingWords(arguments);
    const QStringList all = leading;
    parsed.command = commandOf(leading);
    const qsizetype commandWords = all.size() - leading.size();

    qsizetype wordsSeen = 0;
    bool optionsEnded = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (optionsEnded || !argument.startsWith(QLatin1String("--"))) {
            if (wordsSeen++ >= commandWords)
                parsed.positional << argument;
            continue;
        }
        if (argument == QLatin1String("--")) {
            optionsEnded = true;
            continue;
        }
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        if (name == QLatin1String("help")) {
            parsed.help = true;
            continue;
        }
        if (name == QLatin1String("version")) {
            parsed.version = true;
            continue;
        }
        const auto global = std::find_if(globalOptions().begin(), globalOptions().end(),
                                         [&](const GlobalOption& o) { return o.spec.name == name; });
        const OptionSpec* spec = global != globalOptions().end() ? &global->spec : commandOption(parsed.command, name);
        if (!spec)
            return wrongUse("There is no option --" + name.toStdString() + " here.");
        QString value;
        if (!spec->valueName.isEmpty()) {
            if (equals >= 0)
                value = argument.mid(equals + 1);
            else if (i + 1 < arguments.size())
                value = arguments[++i];
            else
                return wrongUse("--" + name.toStdString() + " needs a value.");
        } else if (equals >= 0) {
            return wrongUse("--" + name.toStdString() + " takes no value.");
        }
        if (global != globalOptions().end()) {
            if (!global->set(parsed.globals, value))
                return wrongUse("--" + name.toStdString() + " cannot be " + value.toStdString() + ".");
        } else if (!spec->repeatable && parsed.options.count(name) > 0) {
            return wrongUse("--" + name.toStdString() + " is given twice.");
        } else {
            parsed.options.emplace(name, value);
        }
    }
    if (parsed.help || parsed.version)
        return {};
    if (!parsed.command)
        return all.isEmpty() ? Outcome<void>()
                             : wrongUse("There is no command " + all.join(QLatin1Char(' ')).toStdString() + ".");
    const qsizetype count = parsed.positional.size();
    if (count < parsed.command->minPositional)
        return wrongUse(parsed.command->name.toStdString() + " needs " + parsed.command->arguments.toStdString() + ".");
    if (parsed.command->maxPositional >= 0 && count > parsed.command->maxPositional)
        return wrongUse("Too much: " + parsed.positional.last().toStdString() + ".");
    return {};
}

std::string helpText(const CommandSpec& command) {
    std::string text = "sealwright-cli " + command.name.toStdString() +
                       (command.arguments.isEmpty() ? std::string() : " " + command.arguments.toStdString()) + "\n\n" +
                       command.help.toStdString() + "\n";
    if (!command.options.empty()) {
        text += "\nOptions\n";
        for (const OptionSpec& option : command.options)
            text += optionLine(option);
    }
    text += "\nGlobal options\n";
    for (const GlobalOption& option : globalOptions())
        text += optionLine(option.spec);
    return text;
}

std::string overviewText() {
    std::string text =
        "sealwright-cli " SEALWRIGHT_VERSION " seals datasets field by field before they leave this machine.\n\n"
        "  sealwright-cli [global options] COMMAND [arguments]\n\nCommands\n";
    for (const CommandSpec& command : commands()) {
        std::string head = "  " + command.name.toStdString();
        if (!command.arguments.isEmpty())
            head += " " + command.arguments.toStdString();
        head += head.size() < 34 ? std::string(34 - head.size(), ' ') : std::string("\n") + std::string(34, ' ');
        text += head + command.help.toStdString() + "\n";
    }
    text += "\nGlobal options\n";
    for (const GlobalOption& option : globalOptions())
        text += optionLine(option.spec);
    text +=
        "\nExit status: 0 done, 1 unexpected, 2 wrong use, 3 bad data or policy, 4 key or keychain, 5 authentication,\n"
        "6 network or platform, 7 refused by the owner's rules, 8 files, 130 cancelled.\n"
        "sealwright-cli COMMAND --help says more.\n";
    return text;
}

} // namespace sealwright::cli
