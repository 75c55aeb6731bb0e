#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "models/tasks/registering.h"

#include <QSysInfo>

namespace sealwright::cli {

namespace {

using crypto::Json;

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
    TaskContext context = call.context();
    const auto pending = beginRegister(**services, request, context);
    if (!pending)
        return pending.failed();
    if (pending->mustBeAccepted)
        return fail(Failure(Code::RegistrationKeyNotAccepted, {pending->platformKid, pending->platformWords}));
    if (const auto kept = keepRegistration(**services, *pending); !kept)
        return kept.failed();
    call.out().say("Registered with " + pending->registration.platform + " as " + pending->registration.machineId);
    call.out().say("Platform key: " + pending->platformWords);
    call.out().say("  kid " + pending->platformKid);
    if (pending->keysMade)
        call.out().say("This machine's keys were made. Make a recovery kit now: sealwright-cli keys backup --out FILE");
    call.out().result({{"platform", Json(pending->registration.platform)},
                       {"machine_id", Json(pending->registration.machineId)},
                       {"platform_kid", Json(pending->platformKid)},
                       {"keys_made", Json(pending->keysMade)}});
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
          QStringLiteral("The platform key to accept where the invitation names none.")}},
        run};
}

} // namespace sealwright::cli
