#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/profile_text.h"
#include "app/cli/standard_output.h"
#include "app/cli/wording.h"
#include "models/tasks/dataset_files.h"
#include "models/tasks/sealing.h"

namespace sealwright::cli {

namespace {

using crypto::Json;
using crypto::JsonArray;

std::string who(const std::vector<RecipientSlot>& slots, const KnownKeys& known) {
    std::string all;
    for (const RecipientSlot& slot : slots) {
        const auto name = known.names.find(slot.kid);
        const std::string text = name == known.names.end() ? slot.kid + " (unknown here)"
                                 : name->second.empty()    ? "this machine"
                                                           : name->second;
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

Outcome<int> dryRun(Invocation& call, const ByteSource& source, const DialectWish& wish, const Policy& policy,
                    unsigned threads) {
    Services alone; // nothing but threads is needed
    alone.threads = threads;
    TaskContext context = call.context();
    const auto surveyed = survey(alone, source, wish, nullptr, policy, context);
    if (!surveyed)
        return surveyed.failed();
    if (surveyed->profile.unfitCount > 0) {
        sayProfile(call.out(), surveyed->profile);
        call.out().say("Nothing was written: this was a dry run. It could not be sealed so.");
        call.out().result({{"dry_run", Json(true)}, {"profile", Json(profileJson(surveyed->profile))}});
        return exitStatus(surveyed->profile.unfit.front().code);
    }
    // An encryption into nowhere finds what a profile cannot: a path that is not there, a column too few.
    class Nowhere : public ByteSink {
    public:
        Outcome<void> write(std::string_view) override { return {}; }
    } nowhere;
    const crypto::SecretBytes dek = crypto::freshDek();
    pipeline::EncryptRequest request;
    request.mediaType = surveyed->mediaType;
    request.dialect = surveyed->dialect;
    request.policy = surveyed->policy;
    request.runId = crypto::freshRunId();
    request.keys.dek = &dek;
    request.keys.datasetId = freshUuid();
    const auto written = pipeline::encryptDataset(source, nowhere, request, runOptions(alone, Step::Seal, context));
    if (!written)
        return written.failed();
    sayProfile(call.out(), surveyed->profile);
    std::vector<std::vector<std::string>> rows{{"field", "action"}};
    JsonArray fields;
    for (const FieldInfo& field : written->dataset.fields) {
        rows.push_back({field.path, std::string(toText(field.action))});
        fields.push_back(Json(crypto::JsonObject{{"path", Json(field.path)}, {"action", Json(toText(field.action))}}));
    }
    call.out().table(rows);
    const std::vector<std::string> names = columnNames(written->dataset);
    sayFirstLine(call.out(), written->dataset.mediaType, written->dataset.dialect, names);
    call.out().say("Nothing was written: this was a dry run. It would be " + sizeText(written->content.size) + ".");
    call.out().result({{"dry_run", Json(true)},
                       {"profile", Json(profileJson(surveyed->profile))},
                       {"fields", Json(std::move(fields))},
                       {"column_names", namesJson(names)},
                       {"size", Json(written->content.size)}});
    return 0;
}

Outcome<int> run(Invocation& call) {
    const auto wish = dialectOption(call);
    if (!wish)
        return wish.failed();
    auto policy = policyOption(call);
    if (!policy)
        return policy.failed();
    const auto threads = threadsOption(call);
    if (!threads)
        return threads.failed();
    const auto source = openData(call, call.positional(0));
    if (!source)
        return source.failed();
    if (call.has("dry-run"))
        return dryRun(call, **source, *wish, policy->value_or(Policy()), *threads);

    const auto services = call.services();
    if (!services)
        return services.failed();
    auto recipients = recipientsOption(call);
    if (!recipients)
        return recipients.failed();
    EncryptFileRequest request;
    request.source = *source;
    request.dialect = *wish;
    request.policy = policy->value_or(Policy());
    request.to = std::move(*recipients);
    request.includeSelf = !call.has("not-self");
    request.datasetId = call.value("dataset-id");
    if (!request.datasetId.empty() && !isUuid(request.datasetId))
        return wrongUse("--dataset-id must be a lower-case UUID.");
    request.replace = call.has("force");
    StandardOutput standardOutput;
    request.out = call.value("out");
    if (request.out == "-") {
        request.out.clear();
        request.sink = &standardOutput;
        request.manifestOut = call.value("manifest-out");
        if (request.manifestOut.empty())
            return wrongUse("--out - needs --manifest-out F.");
        call.out().dataOnStandardOutput();
    } else if (request.out.empty()) {
        if (call.positional(0) == "-")
            return wrongUse("Standard input has no name: give --out OUT.");
        request.out = sealedName(call.positional(0));
    }
    Services own = **services;
    own.threads = *threads;

    request.surveyed = [&call](const pipeline::Profile& profile) { warnOfUnfit(call.out(), profile); };
    TaskContext context = call.context();
    const auto result = encryptFile(own, request, context);
    if (!result)
        return result.failed();
    const auto known = knownKeys(own);
    if (!known)
        return known.failed();

    const Manifest& manifest = result->manifest;
    std::string readable;
    for (const FieldInfo& field : manifest.dataset->fields)
        if (field.action == Action::Keep)
            readable += (readable.empty() ? "" : ", ") + field.path;
    call.out().say("Sealed " + countText(result->profile.records) + " records, " + countText(result->values) +
                   " values" + (request.out.empty() ? std::string() : " into " + request.out));
    call.out().say("Can be opened by: " + who(manifest.recipients, *known));
    call.out().say(readable.empty() ? "No field is readable." : "Readable: " + readable);
    const MediaType mediaType = manifest.dataset->mediaType;
    const std::vector<std::string> names = columnNames(*manifest.dataset);
    sayFirstLine(call.out(), mediaType, manifest.dataset->dialect, names);
    JsonArray kids;
    for (const RecipientSlot& slot : manifest.recipients)
        kids.push_back(Json(slot.kid));
    call.out().result({{"file", Json(request.out)},
                       {"manifest", Json(request.sink ? request.manifestOut : request.out + ".manifest.json")},
                       {"dataset_id", Json(manifest.datasetId)},
                       {"records", Json(result->profile.records)},
                       {"values", Json(result->values)},
                       {"size", Json(manifest.content.front().size)},
                       {"digest", Json(manifest.content.front().digest)},
                       {"recipients", Json(std::move(kids))},
                       {"dialect", toJson(manifest.dataset->dialect, mediaType)},
                       {"column_names", namesJson(names)}});
    return 0;
}

} // namespace

CommandSpec encryptCommand() {
    std::vector<OptionSpec> options{policyOptionSpec()};
    for (OptionSpec& spec : recipientOptionSpecs())
        options.push_back(std::move(spec));
    options.push_back({QStringLiteral("out"), QStringLiteral("OUT"),
                       QStringLiteral("The sealed file (default NAME.sealed.EXT); - is standard output.")});
    options.push_back(
        {QStringLiteral("manifest-out"), QStringLiteral("F"), QStringLiteral("The manifest's place, with --out -.")});
    options.push_back({QStringLiteral("dataset-id"), QStringLiteral("UUID"),
                       QStringLiteral("The dataset's id (default: a fresh one).")});
    for (OptionSpec& spec : dialectOptionSpecs())
        options.push_back(std::move(spec));
    options.push_back({QStringLiteral("threads"), QStringLiteral("N"),
                       QStringLiteral("Worker threads, 1 to 256 (default: as many as the machine has).")});
    options.push_back({QStringLiteral("dry-run"),
                       {},
                       QStringLiteral("Say what would happen, and what could not be taken; write nothing.")});
    options.push_back({QStringLiteral("force"), {}, QStringLiteral("Replace existing targets.")});
    return {QStringLiteral("encrypt"),
            QStringLiteral("DATA"),
            QStringLiteral("Seals the values of a CSV, JSON or JSON Lines file."),
            1,
            1,
            options,
            run};
}

} // namespace sealwright::cli
