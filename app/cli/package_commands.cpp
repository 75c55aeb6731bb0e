#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/package_text.h"
#include "app/cli/wording.h"
#include "models/tasks/opening_keys.h"

namespace sealwright::cli {

namespace {

using crypto::Json;

Outcome<int> seal(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    const auto recipients = recipientsOption(call);
    if (!recipients)
        return recipients.failed();
    const std::string compress = call.value("compress");
    if (!compress.empty() && compress != "none" && compress != "zstd")
        return wrongUse("--compress is none or zstd.");
    const auto keys = loadKeys(**services);
    if (!keys)
        return keys.failed();
    const auto facts = machineFacts(**services, false);
    if (!facts)
        return facts.failed();

    SealRequest request;
    request.sources = call.positionals();
    request.target = call.value("out");
    if (request.target.empty())
        return wrongUse("seal needs --out X.sealed.");
    if (!call.has("not-self"))
        request.recipients.push_back({keys->dec.publicKey(), facts->name});
    for (const crypto::RecipientKey& recipient : *recipients)
        request.recipients.push_back({recipient, {}});
    request.zstd = compress == "zstd";
    request.replaceTarget = call.has("force");
    TaskContext context = call.context();
    const auto sealed = sealPackage(
        request, keys->sig,
        [&](std::uint64_t done, std::uint64_t total) {
            context.progress({Step::Seal, done, total, 0, 0, 0});
        },
        call.cancel());
    if (!sealed)
        return sealed.failed();
    call.out().say("Sealed " + countText(sealed->entries.size()) + " entries, " + sizeText(sealed->plainBytes) +
                   ", into " + request.target);
    crypto::JsonArray kids;
    for (const RecipientSlot& slot : sealed->recipients) {
        call.out().say("Can be opened by: " + nameOf(call, slot.kid));
        kids.push_back(Json(slot.kid));
    }
    call.out().result({{"file", Json(request.target)},
                       {"entries", Json(static_cast<std::uint64_t>(sealed->entries.size()))},
                       {"size", Json(sealed->packageBytes)},
                       {"dataset_id", Json(sealed->datasetId)},
                       {"recipients", Json(std::move(kids))}});
    return 0;
}

Outcome<int> open(Invocation& call) {
    if (!call.has("out"))
        return wrongUse("open needs --out DIR.");
    auto signers = acceptedSigners(call);
    if (!signers)
        return signers.failed();
    auto key = keyOption(call);
    if (!key)
        return key.failed();
    OpenRequest request;
    request.check = {call.positional(0), std::move(*signers), 0};
    request.targetFolder = call.value("out");
    request.allowUnknownSigner = call.has("any-signer");
    TaskContext context = call.context();
    const auto openWith = [&](const crypto::DecryptionKey& with) {
        return openPackage(
            request, with,
            [&](std::uint64_t done, std::uint64_t total) {
                context.progress({Step::Read, done, total, 0, 0, 0});
            },
            call.cancel());
    };
    const auto openWithOwn = [&]() -> Outcome<PackageFacts> {
        const auto services = call.services();
        if (!services)
            return services.failed();
        return withDecryptionKeys<PackageFacts>(**services, openWith);
    };
    const auto facts = *key ? openWith(**key) : openWithOwn();
    if (!facts)
        return facts.failed();
    sayPackage(call, *facts);
    warnOfSigner(call, *facts);
    call.out().say("Opened into " + request.targetFolder);
    crypto::JsonObject object = packageJson(*facts);
    object.emplace_back("folder", Json(request.targetFolder));
    call.out().result(std::move(object));
    return 0;
}

} // namespace

std::vector<CommandSpec> packageCommands() {
    std::vector<OptionSpec> sealOptions = recipientOptionSpecs();
    sealOptions.push_back({QStringLiteral("compress"), QStringLiteral("none|zstd"),
                           QStringLiteral("Compress each file before it is sealed (default none).")});
    sealOptions.push_back({QStringLiteral("out"), QStringLiteral("X.sealed"), QStringLiteral("The new package.")});
    sealOptions.push_back({QStringLiteral("force"), {}, QStringLiteral("Replace an existing target.")});
    std::vector<OptionSpec> openOptions = readingOptionSpecs();
    openOptions.push_back({QStringLiteral("out"), QStringLiteral("DIR"),
                           QStringLiteral("The folder for what is opened; nothing in it is replaced.")});
    return {{QStringLiteral("seal"), QStringLiteral("PATH ..."),
             QStringLiteral("Seals files and folders whole into one package."), 1, -1, sealOptions, seal},
            {QStringLiteral("open"), QStringLiteral("X.sealed"), QStringLiteral("Opens a sealed package."), 1, 1,
             openOptions, open}};
}

} // namespace sealwright::cli
