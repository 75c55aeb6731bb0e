#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/wording.h"
#include "app/desktop/terminal.h"
#include "models/tasks/registering.h"

#include <QSysInfo>

namespace sealwright::cli {

namespace {

using crypto::Json;

std::string quoted(const std::string& word) {
    static const std::string plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-:=+@%,"; // to every shell
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos)
        return word;
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// What was called, with the key accepted.
std::string commandThatAccepts(const Invocation& call, const std::string& kid) {
    const Globals& globals = call.globals();
    std::string command = "sealwright-cli";
    const auto add = [&command](const std::string& option, const std::string& value) {
        if (!value.empty())
            command += " --" + option + " " + quoted(value);
    };
    if (globals.keystore != Globals().keystore)
        add("keystore", globals.keystore.toStdString());
    if (globals.passphraseFd)
        add("passphrase-fd", std::to_string(*globals.passphraseFd));
    add("passphrase-file", globals.passphraseFile.toStdString());
    add("config", globals.configDir.toStdString());
    command += " register";
    for (const char* option : {"invite", "name", "ca"})
        add(option, call.value(option));
    add("accept-platform-kid", kid);
    return command;
}

/// The invitation is still good: whoever compares the fingerprint can go on with it. With --json the error has it all.
void sayHowToGoOn(Invocation& call, const std::vector<std::string>& kidsAndWords) {
    if (call.out().json())
        return;
    const auto say = [&call](const std::string& line) { call.out().warn("platform-key", line); };
    say("The invitation names no platform key, and there is no terminal to ask on. It was not used up.");
    for (std::size_t i = 0; i + 1 < kidsAndWords.size(); i += 2) {
        say("The platform offers: " + kidsAndWords[i + 1]);
        say("  kid " + kidsAndWords[i]);
        say("Where the platform's people confirm these words, go on with:");
        say("  " + commandThatAccepts(call, kidsAndWords[i]));
    }
}

Outcome<bool> personAccepts(const PendingRegistration& pending) {
    desktop::Terminal terminal(desktop::Terminal::Echo::Shown);
    if (!terminal.ready())
        return false;
    return terminal.confirm("The invitation names no platform key. " + visible(pending.registration.platform) +
                            " signed with:\n  " + pending.platformWords + "\n  kid " + pending.platformKid +
                            "\nCompare the words with the platform's people, by another way than this one.\n"
                            "Is this the platform's key? (yes or no) ");
}

Outcome<int> run(Invocation& call) {
    if (!call.has("invite"))
        return wrongUse("register needs --invite FILE, or --invite - for standard input.");
    const auto services = call.services();
    if (!services)
        return services.failed();
    RegisterRequest request;
    auto invitation = readLine(call.value("invite"));
    if (!invitation)
        return invitation.failed();
    request.invitation = std::move(*invitation);
    request.machineName = call.has("name") ? call.value("name") : QSysInfo::machineHostName().toStdString();
    request.acceptPlatformKid = call.value("accept-platform-kid");
    if (call.has("ca")) {
        auto ca = readText(call.value("ca"));
        if (!ca)
            return ca.failed();
        request.caPem = std::move(*ca);
    }
    request.personCanBeAsked = desktop::Terminal::exists();
    TaskContext context = call.context();
    const auto pending = beginRegister(**services, request, context);
    if (!pending) {
        const Failure& failure = pending.error();
        if (failure.code == Code::RegistrationKeyNotAccepted && request.acceptPlatformKid.empty())
            sayHowToGoOn(call, failure.facts);
        return pending.failed();
    }
    if (pending->mustBeAccepted) {
        const auto accepted = personAccepts(*pending);
        if (!accepted)
            return accepted.failed();
        if (!*accepted)
            return fail(Failure(Code::RegistrationKeyNotAccepted, {pending->platformKid, pending->platformWords}));
    }
    if (const auto kept = keepRegistration(**services, *pending); !kept)
        return kept.failed();
    call.out().say("Registered with " + pending->registration.platform + " as " + pending->registration.machineId);
    call.out().say("Platform key: " + pending->platformWords);
    call.out().say("  kid " + pending->platformKid);
    if (pending->keysMade)
        call.out().say("This machine's keys were made.");
    if (pending->keysTakenOver)
        call.out().say("Keys found in " + (*services)->secrets->place() + " were taken over.");
    if (const auto kit = (*services)->ledger->recoveryKitMade(); kit && !*kit)
        call.out().say("There is no recovery kit yet. Make one now: sealwright-cli keys backup --out FILE");
    call.out().result({{"platform", Json(pending->registration.platform)},
                       {"machine_id", Json(pending->registration.machineId)},
                       {"platform_kid", Json(pending->platformKid)},
                       {"keys_made", Json(pending->keysMade)},
                       {"keys_taken_over", Json(pending->keysTakenOver)}});
    return 0;
}

} // namespace

CommandSpec registerCommand() {
    return {
        QStringLiteral("register"),
        {},
        QStringLiteral("Registers this machine with the platform of an invitation; makes keys where there are none."),
        0,
        0,
        {{QStringLiteral("invite"), QStringLiteral("FILE|-"), QStringLiteral("The invitation: its JSON or its link.")},
         {QStringLiteral("name"), QStringLiteral("N"),
          QStringLiteral("What this machine is called there (default: the host's name).")},
         {QStringLiteral("ca"), QStringLiteral("FILE"), QStringLiteral("The platform's certificate authority, PEM.")},
         {QStringLiteral("accept-platform-kid"), QStringLiteral("KID"),
          QStringLiteral("The platform key to accept where the invitation names none; else a terminal asks.")}},
        run};
}

} // namespace sealwright::cli
