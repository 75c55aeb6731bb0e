#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/reaching.h"
#include "app/cli/sentences.h"
#include "app/cli/wording.h"
#include "app/desktop/passphrase.h"
#include "models/tasks/key_rotation.h"
#include "models/tasks/small_file.h"

#include <limits>

namespace sealwright::cli {

namespace {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

void show(Invocation& call, const MachineFacts& facts) {
    JsonArray keys;
    if (facts.takenOver)
        call.out().say("Keys found in " + facts.place + " were taken over.");
    if (!facts.name.empty())
        call.out().say("This machine: " + facts.name);
    for (const MachineFacts::Key& key : facts.keys) {
        const std::string purpose = key.record.signing ? "signing key" : "recipient key";
        const std::string health = key.health ? std::string(stableId(key.health->code)) : "ok";
        call.out().say(purpose + ": " + key.words);
        call.out().say("  kid " + key.record.kid);
        call.out().say("  made " + dateText(key.record.made) + ", kept in " + key.record.place);
        if (key.health)
            call.out().say("  " + sentencesFor(*key.health).what);
        keys.push_back(Json(JsonObject{{"use", Json(key.record.signing ? "sig" : "enc")},
                                       {"kid", Json(key.record.kid)},
                                       {"words", Json(key.words)},
                                       {"made", Json(toRfc3339(key.record.made))},
                                       {"place", Json(key.record.place)},
                                       {"health", Json(health)}}));
    }
    if (facts.recoveryKit) {
        call.out().say("Recovery kit made " + dateText(*facts.recoveryKit));
    } else {
        call.out().say("No recovery kit yet: if this machine is lost, nothing sealed only for it can ever be opened "
                       "again.");
        call.out().say("Make one with: sealwright-cli keys backup --out FILE");
    }
    if (facts.formerPairs > 0)
        call.out().say("Kept for opening what was sealed before: " + countText(facts.formerPairs) +
                       (facts.formerPairs == 1 ? " earlier pair." : " earlier pairs."));
    if (facts.revoked)
        call.out().say("The platform has revoked this machine; heard on " + dateText(*facts.revoked) +
                       ". What was sealed for these keys still opens.");
    JsonObject result{{"name", Json(facts.name)},
                      {"keys", Json(std::move(keys))},
                      {"former_pairs", Json(static_cast<std::uint64_t>(facts.formerPairs))},
                      {"taken_over", Json(facts.takenOver)}};
    if (facts.revoked)
        result.emplace_back("revoked", Json(toRfc3339(*facts.revoked)));
    if (facts.recoveryKit)
        result.emplace_back("recovery_kit", Json(toRfc3339(*facts.recoveryKit)));
    call.out().result(std::move(result));
}

Outcome<int> init(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    TaskContext context = call.context();
    const auto facts = makeKeys(**services, call.value("name"), context);
    if (!facts)
        return facts.failed();
    show(call, *facts);
    return 0;
}

Outcome<int> showKeys(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    const auto facts = machineFacts(**services, true);
    if (!facts)
        return facts.failed();
    if (facts->keys.empty())
        return fail(Code::KeyMissing);
    show(call, *facts);
    for (const MachineFacts::Key& key : facts->keys)
        if (key.health)
            return exitStatus(key.health->code);
    return 0;
}

Outcome<int> rotate(Invocation& call) {
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    TaskContext context = call.context();
    const auto rotated = rotateKeys(**services, context);
    if (!rotated)
        return rotated.failed();
    if (rotated->goneOn)
        call.out().say("A rotation that had been interrupted was finished.");
    call.out().say(rotated->registered ? "New keys are in use, and the platform goes by them."
                                       : "New keys are in use. There is no platform to tell.");
    show(call, rotated->facts);
    return 0;
}

Outcome<int> exportKeys(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    const auto text = exportPublicKeys(**services);
    if (!text)
        return text.failed();
    const std::string out = call.value("out");
    if (out.empty())
        return wrongUse("keys export needs --out F.jwks.");
    if (auto written = writeSmallFile(out, *text, call.has("force")); !written)
        return written.failed();
    call.out().say("Wrote the public halves to " + out);
    call.out().result({{"file", Json(out)}});
    return 0;
}

Outcome<crypto::SecretBytes> kitPassphrase(const Invocation& call, bool twice) {
    const auto fd = numberOption(call, "kit-passphrase-fd", 0, std::numeric_limits<int>::max());
    if (!fd)
        return fd.failed();
    return desktop::readPassphrase({*fd, call.value("kit-passphrase-file"), "Passphrase of the recovery kit: ", twice});
}

Outcome<int> backup(Invocation& call) {
    const std::string out = call.value("out");
    if (out.empty())
        return wrongUse("keys backup needs --out F.");
    const auto services = call.services();
    if (!services)
        return services.failed();
    const auto passphrase = kitPassphrase(call, true);
    if (!passphrase)
        return passphrase.failed();
    if (const auto made = makeRecoveryKit(**services, out, call.has("force"), *passphrase); !made)
        return made.failed();
    call.out().say("Wrote the recovery kit to " + out +
                   ". Keep it where this machine is not, and its passphrase apart from it.");
    call.out().result({{"file", Json(out)}});
    return 0;
}

Outcome<int> restore(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    auto kit = readText(call.positional(0));
    if (!kit)
        return kit.failed();
    const auto passphrase = kitPassphrase(call, false);
    if (!passphrase)
        return passphrase.failed();
    const auto facts = restoreRecoveryKit(**services, *kit, *passphrase);
    if (!facts)
        return facts.failed();
    show(call, *facts);
    return 0;
}

std::vector<OptionSpec> kitOptions() {
    return {{QStringLiteral("kit-passphrase-fd"), QStringLiteral("N"),
             QStringLiteral("Read the kit's passphrase from this file descriptor.")},
            {QStringLiteral("kit-passphrase-file"), QStringLiteral("F"),
             QStringLiteral("Read the kit's passphrase from this file.")}};
}

} // namespace

std::vector<CommandSpec> keysCommands() {
    const OptionSpec force{QStringLiteral("force"), {}, QStringLiteral("Replace an existing target.")};
    std::vector<OptionSpec> backupOptions = kitOptions();
    backupOptions.insert(backupOptions.begin(),
                         {QStringLiteral("out"), QStringLiteral("F"), QStringLiteral("The new file.")});
    backupOptions.push_back(force);
    return {
        {QStringLiteral("keys init"),
         {},
         QStringLiteral(
             "Makes this machine's key pairs; refuses if there are any, or if that cannot be told. Takes over a "
             "pair that the key store has and the profile does not know."),
         0,
         0,
         {{QStringLiteral("name"), QStringLiteral("N"), QStringLiteral("What this machine is called.")}},
         init},
        {QStringLiteral("keys show"),
         {},
         QStringLiteral("Shows fingerprints, dates, where the keys are kept, and whether they can be used."),
         0,
         0,
         {},
         showKeys},
        {QStringLiteral("keys export"),
         {},
         QStringLiteral("Writes the public halves, for others to seal to."),
         0,
         0,
         {{QStringLiteral("out"), QStringLiteral("F.jwks"), QStringLiteral("The new file.")}, force},
         exportKeys},
        {QStringLiteral("keys rotate"),
         {},
         QStringLiteral("Makes new key pairs and registers them with a proof by the old ones, which are kept for "
                        "opening. What was interrupted is finished. Make a new recovery kit afterwards."),
         0,
         0,
         {},
         rotate},
        {QStringLiteral("keys backup"),
         {},
         QStringLiteral("Writes a recovery kit: all private halves under a passphrase."),
         0,
         0,
         backupOptions,
         backup},
        {QStringLiteral("keys restore"), QStringLiteral("KIT"),
         QStringLiteral("Restores the keys from a recovery kit."), 1, 1, kitOptions(), restore},
    };
}

} // namespace sealwright::cli
