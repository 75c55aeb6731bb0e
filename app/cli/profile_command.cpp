#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/profile_text.h"
#include "models/dataset/sniff.h"
#include "models/pipeline/profile.h"
#include "models/tasks/sealing.h"
#include "models/tasks/small_file.h"

namespace sealwright::cli {

namespace {

/// A policy to start from: every field named and sealed, in as few words as there are for it. PolicyTooLarge where
/// nobody would read it.
Outcome<Nothing> writePolicy(const std::string& target, const pipeline::Profile& profile, bool replace) {
    crypto::JsonArray rules;
    for (const pipeline::FieldProfile& field : profile.fields)
        rules.push_back(crypto::Json(
            crypto::JsonObject{{"path", crypto::Json(field.path)}, {"action", crypto::Json(toText(Action::Encrypt))}}));
    const std::string text = crypto::writeControlJson(crypto::Json(
                                 crypto::JsonObject{{"version", crypto::Json(1)}, {"fields", crypto::Json(rules)}})) +
                             "\n";
    if (text.size() > maxDocumentBytes)
        return fail(Code::PolicyTooLarge);
    return writeSmallFile(target, text, replace);
}

Outcome<int> run(Invocation& call) {
    const auto wish = dialectOption(call);
    if (!wish)
        return wish.failed();
    const auto policy = policyOption(call);
    if (!policy)
        return policy.failed();
    const auto source = openData(call, call.positional(0));
    if (!source)
        return source.failed();
    const auto sniffed = dataset::sniff(**source, *wish);
    if (!sniffed)
        return sniffed.failed();
    TaskContext context = call.context();
    const auto profile =
        pipeline::profileDataset(**source, sniffed->mediaType, sniffed->dialect, *policy ? &**policy : nullptr,
                                 runOptions(Services(), Step::Read, context));
    if (!profile)
        return profile.failed();
    if (call.has("write-policy")) {
        if (auto written = writePolicy(call.value("write-policy"), *profile, call.has("force")); !written)
            return written.failed();
        call.out().say("Wrote a policy that seals every field to " + call.value("write-policy"));
    }
    sayProfile(call.out(), *profile);
    call.out().result(profileJson(*profile));
    return profile->unfitCount == 0 ? 0 : exitStatus(profile->unfit.front().code);
}

} // namespace

CommandSpec profileCommand() {
    std::vector<OptionSpec> options{{QStringLiteral("write-policy"), QStringLiteral("P.json"),
                                     QStringLiteral("Write a policy to start from: every field, sealed.")},
                                    policyOptionSpec()};
    for (OptionSpec& spec : dialectOptionSpecs())
        options.push_back(std::move(spec));
    options.push_back({QStringLiteral("force"), {}, QStringLiteral("Replace an existing policy file.")});
    return {QStringLiteral("profile"),
            QStringLiteral("DATA"),
            QStringLiteral(
                "Says what the data is: dialect, fields with type and counts, and what a policy could not take."),
            1,
            1,
            options,
            run};
}

} // namespace sealwright::cli
